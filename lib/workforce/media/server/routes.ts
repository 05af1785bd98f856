import { routeWith } from "@/lib/platform/http/server/route";
import { downloadMedia, presignAudio, presignAvatar } from "@/lib/workforce/media/contract";
import type { MediaService } from "@/lib/workforce/media/server/service";

const route = routeWith<{ media: MediaService }>();

export const mediaRoutes = [
  route(presignAvatar, ({ actor, params, now }, { media }) =>
    media.presignAvatar(actor, params.agentId, now),
  ),
  route(presignAudio, ({ actor, params, now }, { media }) => media.presignAudio(actor, params.agentId, now)),
  route(downloadMedia, ({ actor, params, query, now }, { media }) =>
    media.download(actor, params.agentId, params.fileId, { size: query.size, now }),
  ),
];
