import { z } from "zod";
import {
  booleanSchema,
  countSchema,
  idSchema,
  instantSchema,
  oneOf,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import type { PresenceSessionId } from "@/lib/platform/ids";
import { presenceDevices, sessionLimit } from "./values";

const flag = (description: string) => booleanSchema.meta({ description });

const deviceSchema = z.enum(presenceDevices, oneOf(presenceDevices)).meta({ id: "PresenceDevice" });

export const heartbeatSchema = z
  .strictObject({
    device: deviceSchema,
    visible: flag("Whether the client is visible."),
    input: flag("Whether there was any input since the last heartbeat."),
  })
  .meta({ id: "Heartbeat" });

export type Heartbeat = z.output<typeof heartbeatSchema>;

export const leaseSchema = z
  .strictObject({
    endsAt: instantSchema.meta({ description: "When the session ends without another heartbeat." }),
    beatIn: z.int().min(1).meta({ description: "Seconds until the next heartbeat." }),
  })
  .meta({ id: "PresenceLease" });

export type PresenceLease = z.output<typeof leaseSchema>;

export const presenceSessionsSchema = z
  .strictObject({
    results: z.array(
      z
        .strictObject({
          id: uuidSchema,
          device: deviceSchema,
          visible: z.boolean(),
          startedAt: instantSchema,
          lastSeenAt: instantSchema,
          endsAt: instantSchema,
        })
        .meta({ id: "PresenceSession" }),
    ),
  })
  .meta({ id: "PresenceSessions" });

export type PresenceSessions = z.output<typeof presenceSessionsSchema>;

export const presenceSchema = z
  .strictObject({
    state: z.enum(["present", "idle", "absent"]),
    since: instantSchema.optional().meta({ description: "Absent if the agent never had a session." }),
    sessions: countSchema.meta({ description: "Number of open sessions." }),
    lastSeenAt: instantSchema.optional().meta({ description: "The last heartbeat." }),
  })
  .meta({ id: "Presence" });

export type Presence = z.output<typeof presenceSchema>;

const tag = "Presence";
const ofAgent = "/api/workspaces/{workspaceId}/agents/{agentId}/presence" as const;
const oneSession = {
  path: `${ofAgent}/sessions/{sessionId}`,
  tag,
  params: agentParams.extend({
    sessionId: idSchema<PresenceSessionId>("The session, chosen by the client."),
  }),
  access: members("own.write"),
} as const;

export const getPresence = operation({
  id: "getPresence",
  method: "GET",
  path: ofAgent,
  tag,
  summary: "Get an agent's presence",
  description: "`idle` requires a policy with `idleAfterMinutes` and a `presence` other than `off`.",
  params: agentParams,
  access: members("agents.read"),
  success: response.ok("The presence now.", presenceSchema),
  errors: ["AgentNotFound"],
});

export const listPresenceSessions = operation({
  id: "listPresenceSessions",
  method: "GET",
  path: `${ofAgent}/sessions` as const,
  tag,
  summary: "List an agent's presence sessions",
  description: "`me` for your own agent. Sessions of other agents require the permission availability.write.",
  params: agentParams,
  access: members("own.write", "availability.write"),
  success: response.ok(
    "The open sessions, oldest first. An ended session counts for 60 more seconds.",
    presenceSessionsSchema,
  ),
  errors: ["AgentNotFound"],
});

export const putPresenceSession = operation({
  ...oneSession,
  id: "putPresenceSession",
  method: "PUT",
  summary: "Send a heartbeat",
  isBackground: true,
  description: `Starts or extends the session. It expires 150 seconds after the last heartbeat. Only for your own agent (\`me\`), which has at most ${sessionLimit} sessions: another one replaces the oldest.`,
  body: heartbeatSchema,
  invalid: "InvalidPresence",
  success: response.ok("The session is open.", leaseSchema),
  errors: ["AgentNotFound", "SessionNotFound"],
});

export const deletePresenceSession = operation({
  ...oneSession,
  id: "deletePresenceSession",
  method: "DELETE",
  summary: "End a presence session",
  description: "It counts for 60 more seconds. A heartbeat revives it.",
  success: response.noContent("The session was ended."),
  errors: ["AgentNotFound", "SessionNotFound"],
});

export const endPresenceSession = operation({
  ...oneSession,
  id: "endPresenceSession",
  method: "POST",
  path: `${oneSession.path}/end` as const,
  summary: "End a presence session when a page is left",
  description:
    "Same as DELETE, for `navigator.sendBeacon`. The body and its type are ignored. Browsers can only call it from the product's own origin.",
  success: response.noContent("The session was ended."),
  errors: ["AgentNotFound", "SessionNotFound"],
});
