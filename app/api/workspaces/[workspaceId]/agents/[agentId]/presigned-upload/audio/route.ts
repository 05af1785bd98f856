import { endpoint, route } from "@/lib/http/route";
import { presignAudio } from "@/lib/media/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(presignAudio, ({ actor, params, now }) =>
    getServices().media.presignAudio(actor, params.agentId, now),
  ),
);
