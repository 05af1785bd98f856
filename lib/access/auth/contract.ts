import { z } from "zod";
import { instantSchema } from "@/lib/platform/http/fields";
import { anyone, operation, signedIn } from "@/lib/platform/http/operation";
import { text } from "@/lib/platform/http/text";

/** Input for creating a token. */
export const credentialsSchema = z
  .strictObject({ email: text({ min: 1, max: 320 }), password: text({ min: 1, max: 1024 }) })
  .meta({ id: "Credentials" });

export const createToken = operation({
  id: "createToken",
  method: "POST",
  path: "/api/tokens",
  tag: "Access",
  summary: "Get a token for an e-mail address and a password",
  description:
    "The token goes into `Authorization: Bearer`. It is good for an hour. After ten failures a minute from one network address with one e-mail address: 429.",
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
  summary: "The public keys that tokens are signed with",
  access: anyone,
  params: z.object({}),
  success: {
    status: 200,
    description: "A JSON Web Key Set (RFC 7517).",
    body: z.strictObject({ keys: z.array(z.record(z.string(), z.string())) }).meta({ id: "KeySet" }),
  },
  errors: [],
});

/** Input for changing one's own password. */
export const passwordChangeSchema = z
  .strictObject({
    current: text({ min: 1, max: 1024 }),
    new: text({ min: 10, max: 1024 }).meta({
      description: "10 to 1,024 characters of any kind; none of the commonest breached passwords.",
    }),
  })
  .meta({ id: "PasswordChange" });

export const changePassword = operation({
  id: "changePassword",
  method: "POST",
  path: "/api/password",
  tag: "Access",
  summary: "Change one's own password",
  description:
    "Ends every session and token of the caller, this one included. An access key has no password (403).",
  access: signedIn,
  params: z.object({}),
  body: passwordChangeSchema,
  invalid: "InvalidPassword",
  success: { status: 204, description: "It is changed.", body: null },
  errors: ["Forbidden"],
});
