import {
  createAccessKey,
  deleteAccessKey,
  getAccessKey,
  listAccessKeys,
  patchAccessKey,
} from "@/lib/access/access-keys/contract";
import type { AccessKeyService } from "@/lib/access/access-keys/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ accessKeys: AccessKeyService }>();

export const accessKeyRoutes = [
  route(listAccessKeys, async ({ actor, query }, { accessKeys }) => ({
    data: await accessKeys.list(actor, query),
  })),
  route(createAccessKey, ({ actor, body, now }, { accessKeys }) => accessKeys.create(actor, body, now)),
  route(getAccessKey, ({ actor, params }, { accessKeys }) => accessKeys.get(actor, params.accessKeyId)),
  route(patchAccessKey, ({ actor, params, body, ifMatch, now }, { accessKeys }) =>
    accessKeys.rename(actor, params.accessKeyId, body, { ifMatch, now }),
  ),
  route(deleteAccessKey, async ({ actor, params, ifMatch, now }, { accessKeys }) => {
    await accessKeys.revoke(actor, params.accessKeyId, { ifMatch, now });
    return { data: undefined };
  }),
];
