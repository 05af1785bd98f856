import {
  createAccessKey,
  deleteAccessKey,
  getAccessKey,
  listAccessKeys,
  patchAccessKey,
} from "@/lib/access-keys/contract";
import { route } from "@/lib/http/route";

export const accessKeyRoutes = [
  route(listAccessKeys, async ({ actor, query }, { accessKeys }) => ({
    data: await accessKeys.list(actor, query),
  })),
  route(createAccessKey, ({ actor, body, now }, { accessKeys }) => accessKeys.create(actor, body, now)),
  route(getAccessKey, async ({ actor, params }, { accessKeys }) => ({
    data: await accessKeys.get(actor, params.accessKeyId),
  })),
  route(patchAccessKey, async ({ actor, params, body, now }, { accessKeys }) => ({
    data: await accessKeys.rename(actor, params.accessKeyId, body, now),
  })),
  route(deleteAccessKey, async ({ actor, params, now }, { accessKeys }) => {
    await accessKeys.revoke(actor, params.accessKeyId, now);
    return { data: undefined };
  }),
];
