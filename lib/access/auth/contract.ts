import { z } from "zod";
import { instantSchema } from "@/lib/platform/http/fields";
import { anyone, operation, response, signedIn } from "@/lib/platform/http/operation";
import { text } from "@/lib/platform/http/text";

export const credentialsSchema = z
  .strictObject({ email: text({ min: 1, max: 320 }), password: text({ min: 1, max: 1024 }) })
  .meta({ id: "Credentials" });

export const createToken = operation({
  id: "createToken",
  method: "POST",
  path: "/api/tokens",
  tag: "Access",
  summary: "Get a token for an email address and password",
  description:
    "Send the token as `Authorization: Bearer <token>`. It expires after 1 hour. Returns 429 after 10 failures per minute for one email address from one IP address.",
  access: anyone,
  params: z.object({}),
  body: credentialsSchema,
  invalid: "InvalidTokenRequest",
  success: {
    status: 201,
    description: "A token.",
    body: z
      .strictObject({ token: z.string(), tokenType: z.literal("Bearer"), expiresAt: instantSchema })
      .meta({ id: "Token" }),
  },
  errors: ["Unauthorized"],
});

export const getKeySet = operation({
  id: "getKeySet",
  method: "GET",
  path: "/.well-known/jwks.json",
  tag: "Access",
  summary: "Get the public keys that verify tokens",
  access: anyone,
  params: z.object({}),
  success: response.ok(
    "A JSON Web Key Set (RFC 7517).",
    z.strictObject({ keys: z.array(z.record(z.string(), z.string())) }).meta({ id: "KeySet" }),
  ),
});

export const passwordChangeSchema = z
  .strictObject({
    current: text({ min: 1, max: 1024 }),
    new: text({ min: 10, max: 1024 }).meta({
      description: "10 to 1,024 characters of any kind. Common breached passwords are not allowed.",
    }),
  })
  .meta({ id: "PasswordChange" });

export const changePassword = operation({
  id: "changePassword",
  method: "POST",
  path: "/api/password",
  tag: "Access",
  summary: "Change your own password",
  description: "Ends every session and token of the caller, including this one. 403 for an access key.",
  access: signedIn,
  params: z.object({}),
  body: passwordChangeSchema,
  invalid: "InvalidPassword",
  success: response.noContent("The password was changed."),
  errors: ["Forbidden"],
});
