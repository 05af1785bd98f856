import { endpoint, route } from "@/lib/http/route";
import { presignAvatar } from "@/lib/media/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(presignAvatar, ({ actor, params, now }) =>
    getServices().media.presignAvatar(actor, params.agentId, now),
  ),
);
