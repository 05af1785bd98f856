import { z } from "zod";
import { idSchema, instantSchema, uuidSchema } from "@/lib/platform/http/fields";
import { anyone, members, operation, response } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import type { Branded } from "@/lib/platform/ids";
import { calendarFeedLimit } from "./values";

export type CalendarFeedId = Branded<"CalendarFeedId">;

/** A secret address for calendar programs. */
export const calendarFeedSchema = z
  .strictObject({
    id: uuidSchema,
    agentId: uuidSchema.optional(),
    teamId: uuidSchema.optional(),
    url: z
      .string()
      .optional()
      .meta({ description: "The address. Only in the answer to the request that made it." }),
    lastUsedAt: instantSchema.optional(),
    createdAt: instantSchema,
  })
  .meta({ id: "CalendarFeed" });

export const calendarFeedDraftSchema = z
  .strictObject({
    teamId: idSchema<Branded<"TeamId">>("A team.").optional().meta({
      description: "Shows all agents of the team. Needs `calendar.write`. Default: the agent alone.",
    }),
  })
  .meta({ id: "CalendarFeedDraft" });

export type CalendarFeed = z.output<typeof calendarFeedSchema>;
export type CalendarFeedDraft = z.output<typeof calendarFeedDraftSchema>;

const base = "/api/workspaces/{workspaceId}";

const feeds = `${base}/agents/{agentId}/calendar-feeds` as const;

const ofFeeds = { tag: "Calendar feeds", access: members("own.write", "calendar.write") } as const;

export const listCalendarFeeds = operation({
  ...ofFeeds,
  id: "listCalendarFeeds",
  method: "GET",
  path: feeds,
  summary: "List an agent's calendar feeds",
  params: agentParams,
  success: response.ok(
    "The agent's feeds, oldest first.",
    z.strictObject({ results: z.array(calendarFeedSchema) }),
  ),
  errors: ["AgentNotFound"],
});

export const createCalendarFeed = operation({
  ...ofFeeds,
  id: "createCalendarFeed",
  audit: "calendarFeed.created",
  method: "POST",
  path: feeds,
  summary: "Create a calendar feed",
  description: `The address shows shifts, time off and holidays to anybody who knows it. It is shown once. At most ${calendarFeedLimit} for an agent.`,
  params: agentParams,
  reads: ["Idempotency-Key"],
  body: calendarFeedDraftSchema,
  allowsEmptyBody: true,
  invalid: "InvalidCalendarFeed",
  shownOnce: true,
  success: { status: 201, description: "The feed with its address.", body: calendarFeedSchema },
  errors: ["AgentNotFound", "TooManyCalendarFeeds"],
});

export const deleteCalendarFeed = operation({
  ...ofFeeds,
  id: "deleteCalendarFeed",
  audit: "calendarFeed.revoked",
  method: "DELETE",
  path: `${feeds}/{calendarFeedId}`,
  summary: "Revoke a calendar feed",
  params: agentParams.extend({ calendarFeedId: idSchema<CalendarFeedId>("The feed.") }),
  success: response.noContent("The address no longer works."),
  errors: ["AgentNotFound", "CalendarFeedNotFound"],
});

export const readCalendarFeed = operation({
  id: "readCalendarFeed",
  method: "GET",
  path: "/api/calendars/{file}",
  tag: "Calendar feeds",
  summary: "Read a calendar feed",
  description: "For calendar programs. The secret in the address is the permission.",
  access: anyone,
  params: z.object({
    file: z
      .string()
      .regex(/^[\w-]{20,80}\.ics$/, { error: "must be the secret of a feed, with .ics." })
      .meta({ description: "The secret, with `.ics`." }),
  }),
  reads: ["If-None-Match"],
  success: {
    status: 200,
    description: "The calendar, as text/calendar.",
    body: z.string(),
    headers: ["ETag"],
    alternatives: ["text/calendar"],
  },
  errors: ["CalendarFeedNotFound"],
});
