import { z } from "zod";
import { type EventType, eventTypes, typesNamed } from "@/lib/platform/events/values";
import { idSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { members, operation } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { AgentId } from "@/lib/platform/ids";

/** Maximum number of agents in `agentIds`. */
const mostAgents = 100;
const limitRule = { error: "must be a whole number from 1 to 1000." };

const typeParameter = z
  .string()
  .refine((value) => typesNamed(value).length > 0, {
    error: "must be an event type such as agent.updated, or a prefix with its dot, such as agent.",
  })
  .meta({ description: "An event type, or a prefix that ends with a dot.", example: "agent." });

export const eventsQuerySchema = z.strictObject({
  types: z
    .array(typeParameter)
    .max(100, { error: "must have at most 100 values." })
    .transform((values): EventType[] => values.flatMap(typesNamed))
    .optional()
    .meta({
      description: "Only events of these types.",
      override: { type: "array", items: { type: "string" }, maxItems: 100 },
    }),
  agentIds: z
    .array(idSchema<AgentId>("An agent."))
    .max(mostAgents, { error: `must have at most ${mostAgents} values.` })
    .optional()
    .meta({
      description:
        "Only events about these agents and their offers. Events about other resources are included.",
    }),
  limit: z
    .string()
    .regex(/^\d{1,5}$/, limitRule)
    .transform(Number)
    .refine((value) => value >= 1 && value <= 1000, limitRule)
    .default(100)
    .meta({
      description: "Number of events per page. A stream ignores it.",
      override: { type: "integer", minimum: 1, maximum: 1000, default: 100 },
    }),
  after: z.string().max(64, { error: "must be an event id, a `nextCursor`, or `start`." }).optional().meta({
    description:
      "Events after this one: the `id` of an event, a `nextCursor`, or `start` for the oldest available event. Default: new events only.",
  }),
});

export type EventsQuery = z.output<typeof eventsQuerySchema>;

export const eventSchema = z
  .strictObject({
    id: z.string().meta({ description: "The event's position in the log, for `after`." }),
    type: z.enum(eventTypes as [EventType, ...EventType[]]),
    workspaceId: uuidSchema,
    occurredAt: instantSchema,
    resource: z.strictObject({
      type: z.string().meta({ description: "The part of the type before the first dot.", example: "agent" }),
      id: uuidSchema,
      version: z.int().optional().meta({ description: "Version of an agent after the change." }),
      agentId: uuidSchema.optional().meta({ description: "The agent whom an offer asks." }),
    }),
    actor: z
      .strictObject({
        kind: z.enum(["user", "accessKey", "system"]),
        id: uuidSchema.optional(),
        name: z.string(),
      })
      .optional()
      .meta({ description: "As in the ledger. Only with the permission `ledger.read`." }),
    cause: z
      .string()
      .optional()
      .meta({ description: "As in the ledger. Only with the permission `ledger.read`.", example: "user" }),
    changes: z
      .record(z.string(), z.strictObject({ before: z.unknown().optional(), after: z.unknown().optional() }))
      .optional()
      .meta({ description: "The ledger's `fields`. Only with the permission `ledger.read`." }),
  })
  .meta({ id: "Event" });

export type Event = z.output<typeof eventSchema>;

export const eventPageSchema = z.strictObject({
  results: z.array(eventSchema),
  nextCursor: z.string().meta({ description: "Send it as `after` in the next request." }),
});

export type EventPage = z.output<typeof eventPageSchema>;

export const listEvents = operation({
  id: "listEvents",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/events",
  tag: "Events",
  summary: "Read or follow events",
  description:
    "Events of the last 24 hours, in log order. `Accept: text/event-stream` opens a stream of server-sent events: `id` is the event's id, `event` its type, `data` the event as JSON. The stream also has `ping` every 20 seconds, and `reset` when events were lost for this stream: then read all resources again. A stream ends after an hour, or when the caller loses access. Reconnect with the header `Last-Event-ID`.",
  access: members("agents.read"),
  params: workspaceParams,
  query: eventsQuerySchema,
  reads: ["Accept"],
  success: {
    status: 200,
    description: "Events, oldest first, or a stream of them.",
    body: eventPageSchema,
    alternatives: ["text/event-stream"],
  },
  errors: ["CursorExpired"],
});
