import { endpoint, route } from "@/lib/http/route";
import { downloadMedia } from "@/lib/media/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(downloadMedia, ({ actor, params, query, now }) =>
    getServices().media.download(actor, params.agentId, params.fileId, { size: query.size, now }),
  ),
);
