import {
  createAccessKey,
  deleteAccessKey,
  getAccessKey,
  listAccessKeys,
  patchAccessKey,
} from "@/lib/access/access-keys/contract";
import { route } from "@/lib/platform/http/server/route";

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
