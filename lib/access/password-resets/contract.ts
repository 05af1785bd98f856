import { z } from "zod";
import { anyone, operation, response } from "@/lib/platform/http/operation";
import { text } from "@/lib/platform/http/text";

export const forgottenPasswordSchema = z
  .strictObject({ email: text({ min: 1, max: 320 }) })
  .meta({ id: "ForgottenPassword" });

export const forgotPassword = operation({
  id: "forgotPassword",
  method: "POST",
  path: "/api/password/forgot",
  tag: "Access",
  summary: "Request a password reset link",
  description:
    "Emails a one-time link that expires after 30 minutes. It replaces the previous link. The response and its timing are the same whether or not the address is known. The email is in the language of `Accept-Language`. A server without `SMTP_URL` sends nothing. 429 after 5 requests in 30 minutes for one email address from one IP address.",
  access: anyone,
  params: z.object({}),
  body: forgottenPasswordSchema,
  invalid: "InvalidPassword",
  success: {
    status: 202,
    description: "If the address belongs to a person who can sign in, they get a link.",
    body: z.strictObject({ status: z.literal("accepted") }).meta({ id: "ForgottenPasswordAnswer" }),
  },
});

export const passwordResetSchema = z
  .strictObject({
    token: text({ min: 1, max: 100 }),
    password: text({ min: 10, max: 1024 }).meta({
      description: "10 to 1,024 characters of any kind. Common breached passwords are not allowed.",
    }),
  })
  .meta({ id: "PasswordReset" });

export const resetPassword = operation({
  id: "resetPassword",
  method: "POST",
  path: "/api/password/reset",
  tag: "Access",
  summary: "Set a new password with a reset link",
  description:
    "`token` is the last part of the link. Ends every session and token of the person. If the password is rejected (422), the link still works.",
  access: anyone,
  params: z.object({}),
  body: passwordResetSchema,
  invalid: "InvalidPassword",
  success: response.noContent("The password was set."),
  errors: ["ResetNotFound"],
});
