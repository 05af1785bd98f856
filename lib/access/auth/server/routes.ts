import { changePassword, createToken, getKeySet } from "@/lib/access/auth/contract";
import type { AuthService } from "@/lib/access/auth/server/service";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ auth: AuthService }>();

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
