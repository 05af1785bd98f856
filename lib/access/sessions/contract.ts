import { z } from "zod";
import { idSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { operation, response, signedIn } from "@/lib/platform/http/operation";
import type { SessionId } from "@/lib/platform/ids";

/** A browser session of the caller. */
export const sessionSchema = z
  .strictObject({
    id: uuidSchema,
    current: z.boolean().meta({ description: "Whether the request used this session." }),
    createdAt: instantSchema.meta({ description: "The time of sign-in." }),
    lastSeenAt: instantSchema.meta({ description: "Accurate to the minute." }),
    userAgent: z.string().optional().meta({ description: "The browser's User-Agent at sign-in." }),
    address: z.string().optional().meta({ description: "The IP address at sign-in." }),
  })
  .meta({ id: "Session" });

export type Session = z.output<typeof sessionSchema>;

const shared = { tag: "Access", access: signedIn } as const;
const many = "/api/sessions";

export const listSessions = operation({
  ...shared,
  id: "listSessions",
  method: "GET",
  path: many,
  summary: "List your own sessions",
  description:
    "A session ends 12 hours after the last request, 30 days after sign-in, or when you end it. Tokens are not sessions. 403 for an access key.",
  params: z.object({}),
  success: response.ok(
    "The caller's sessions, most recently used first. At most 100.",
    z.strictObject({ results: z.array(sessionSchema) }).meta({ id: "Sessions" }),
  ),
  errors: ["Forbidden"],
});

export const endSession = operation({
  ...shared,
  id: "endSession",
  method: "DELETE",
  path: `${many}/{sessionId}` as const,
  summary: "End one of your own sessions",
  description: "Its cookie stops working immediately. You can also end the current session.",
  params: z.object({ sessionId: idSchema<SessionId>("The session.") }),
  success: response.noContent("The session has ended."),
  errors: ["Forbidden", "BadRequest", "SessionNotFound"],
});

export const endOtherSessions = operation({
  ...shared,
  id: "endOtherSessions",
  method: "POST",
  path: `${many}/end-others` as const,
  summary: "End all your other sessions",
  description:
    "With a token, ends all sessions. Tokens stay valid until they expire after 1 hour. To end them, too, change the password.",
  params: z.object({}),
  success: response.noContent("The other sessions have ended."),
  errors: ["Forbidden"],
});
