import { forgotPassword, resetPassword } from "@/lib/access/password-resets/contract";
import type { PasswordResetService } from "@/lib/access/password-resets/server/service";
import { readingOf } from "@/lib/platform/http/server/reading";
import { routeWith } from "@/lib/platform/http/server/route";

const route = routeWith<{ passwordResets: PasswordResetService }>();

export const passwordResetRoutes = [
  route(forgotPassword, async ({ body, address, headers, now }, { passwordResets }) => {
    await passwordResets.request(body.email, { address, now }, readingOf(headers));
    return { data: { status: "accepted" as const } };
  }),
  route(resetPassword, async ({ body, address, now }, { passwordResets }) => {
    await passwordResets.reset(body.token, body.password, { address, now });
    return { data: undefined };
  }),
];
