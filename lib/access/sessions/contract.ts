import { z } from "zod";
import { idSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { operation, signedIn } from "@/lib/platform/http/operation";
import type { SessionId } from "@/lib/platform/ids";

/** A browser session of the caller. */
export const sessionSchema = z
  .strictObject({
    id: uuidSchema,
    current: z.boolean().meta({ description: "Whether the request came by this session." }),
    createdAt: instantSchema.meta({ description: "When they signed in." }),
    lastSeenAt: instantSchema.meta({ description: "To the minute." }),
    userAgent: z.string().optional().meta({ description: "What the browser called itself at sign-in." }),
    address: z.string().optional().meta({ description: "The network address at sign-in." }),
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
  summary: "List one's own sessions",
  description:
    "A session ends after 12 hours without a request, 30 days after signing in, and when it is ended. Tokens are no sessions. An access key has none (403).",
  params: z.object({}),
  success: {
    status: 200,
    description: "Every session of the caller, the one seen last first; at most 100.",
    body: z.strictObject({ results: z.array(sessionSchema) }).meta({ id: "Sessions" }),
  },
  errors: ["Forbidden"],
});

export const endSession = operation({
  ...shared,
  id: "endSession",
  method: "DELETE",
  path: `${many}/{sessionId}` as const,
  summary: "End one of one's own sessions",
  description:
    "The next request with its cookie is refused. The session of the request itself can be ended, too.",
  params: z.object({ sessionId: idSchema<SessionId>("The session.") }),
  success: { status: 204, description: "It has ended.", body: null },
  errors: ["Forbidden", "BadRequest", "SessionNotFound"],
});

export const endOtherSessions = operation({
  ...shared,
  id: "endOtherSessions",
  method: "POST",
  path: `${many}/end-others` as const,
  summary: "End all of one's own sessions but this one",
  description:
    "Called with a token, it ends all of them. Tokens last until their hour is over: changing the password ends them, too.",
  params: z.object({}),
  success: { status: 204, description: "They have ended.", body: null },
  errors: ["Forbidden"],
});
