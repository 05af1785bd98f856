import { z } from "zod";
import { anyone, operation } from "@/lib/platform/http/operation";
import { text } from "@/lib/platform/http/text";

export const forgottenPasswordSchema = z
  .strictObject({ email: text({ min: 1, max: 320 }) })
  .meta({ id: "ForgottenPassword" });

export const forgotPassword = operation({
  id: "forgotPassword",
  method: "POST",
  path: "/api/password/forgot",
  tag: "Access",
  summary: "Ask for a link to set a new password",
  description:
    "Sends a one-time link to the address, good for 30 minutes; the link before is void. The answer is the same, and as fast, whether or not somebody has this address. It is written in the language of `Accept-Language`. A server without `SMTP_URL` sends nothing. After five requests in 30 minutes from one network address for one email address: 429.",
  access: anyone,
  params: z.object({}),
  body: forgottenPasswordSchema,
  invalid: "InvalidPassword",
  success: {
    status: 202,
    description: "If somebody signs in with this address, they will get a link.",
    body: z.strictObject({ status: z.literal("accepted") }).meta({ id: "ForgottenPasswordAnswer" }),
  },
  errors: [],
});

export const passwordResetSchema = z
  .strictObject({
    token: text({ min: 1, max: 100 }),
    password: text({ min: 10, max: 1024 }).meta({
      description: "10 to 1,024 characters of any kind; none of the commonest breached passwords.",
    }),
  })
  .meta({ id: "PasswordReset" });

export const resetPassword = operation({
  id: "resetPassword",
  method: "POST",
  path: "/api/password/reset",
  tag: "Access",
  summary: "Set a new password by a link",
  description:
    "`token` is the last part of the link. Ends every session and token of the person. A password that is refused (422) leaves the link good.",
  access: anyone,
  params: z.object({}),
  body: passwordResetSchema,
  invalid: "InvalidPassword",
  success: { status: 204, description: "The password is set.", body: null },
  errors: ["ResetNotFound"],
});
