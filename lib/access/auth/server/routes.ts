import { changePassword, createToken, getKeySet } from "@/lib/access/auth/contract";
import { route } from "@/lib/platform/http/server/route";

export const authRoutes = [
  route(createToken, async ({ body, address, now }, { auth }) => ({
    data: await auth.createToken(body, { address, now }),
  })),
  route(changePassword, async ({ principal, body, address, now }, { auth }) => {
    await auth.changePassword(principal, body, { address, now });
    return { data: undefined };
  }),
  route(getKeySet, async ({ now }, { auth }) => ({ data: await auth.keySet(now) })),
];
