import { readingOf } from "@/lib/http/reading";
import { route } from "@/lib/http/route";
import { forgotPassword, resetPassword } from "@/lib/password-resets/contract";

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
