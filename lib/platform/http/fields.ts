import { z } from "zod";
import { text } from "@/lib/platform/http/text";
import type { AgentId, Branded } from "@/lib/platform/ids";
import { isAcceptedDate } from "@/lib/platform/time/calendar";

/** Returns a schema for a UUID of any version, lowercased and branded with what it identifies. */
export function idSchema<Id extends Branded<string>>(description: string) {
  return z
    .guid({ error: "must be a UUID, such as 0198c0de-7e57-7000-8000-000000000000." })
    .toLowerCase()
    .meta({ description, format: "uuid" }) as unknown as z.ZodType<Id, string>;
}

/** A UUID in a response. */
export const uuidSchema = z.guid().meta({ format: "uuid" });

/** The name of a resource: 1 to 255 characters, trimmed. */
export const nameSchema = text({ min: 1, max: 255, trim: true });

/** Maximum number of agents per request; 5,000 UUIDs fit into the body limit. */
export const agentListLimit = 5000;

/** The complete new list of agents; duplicates count once. */
export const agentListSchema = z
  .array(idSchema<AgentId>("An agent."))
  .max(agentListLimit, { error: `must have at most ${agentListLimit.toLocaleString("en")} agents.` });

/** Returns the options of an enum schema, whose error names the values. */
export const oneOf = (values: readonly string[]) => ({ error: `must be one of ${values.join(", ")}.` });

/** A boolean in a request. */
export const booleanSchema = z.boolean({ error: "must be true or false." });

export const countSchema = z.int().min(0);

/** A timestamp in a response: RFC 3339, UTC, milliseconds. */
export const instantSchema = z.iso
  .datetime({ precision: 3 })
  .meta({ description: "RFC 3339, UTC, with milliseconds.", example: "2026-03-09T08:30:00.000Z" });

/** Who decided a request, when, and why. All are absent until somebody has. */
export const decisionShape = {
  decidedBy: z.strictObject({ id: uuidSchema.optional(), name: z.string() }).optional(),
  decidedAt: instantSchema.optional(),
  comment: z.string().optional().meta({ description: "Of the decision." }),
};

/** A timestamp in a query: RFC 3339 with any offset, parsed to epoch milliseconds. */
export const instantParameter = z.iso
  .datetime({
    offset: true,
    error: "must be an RFC 3339 time such as 2026-03-09T08:30:00Z. Encode a + as %2B.",
  })
  .transform((value) => Date.parse(value));

/** A calendar date, such as `2026-03-09`, of the years 1970 to 2199. */
export const dateSchema = z.iso
  .date({ error: "must be a date such as 2026-03-09." })
  .refine(isAcceptedDate, {
    error: "must be a date from 1970-01-01 to 2199-12-31.",
  })
  .meta({ description: "A calendar date.", example: "2026-03-09" });

/** A boolean in a query. */
export const booleanParameter = z
  .string()
  .refine((value) => value === "true" || value === "false", { error: "must be true or false." })
  .transform((value) => value === "true");

/** A repeatable query parameter: up to 100 different values. */
export const severalParameter = <S extends z.ZodType>(item: S, description: string) =>
  z
    .array(item)
    .overwrite((values) => [...new Set(values)])
    .max(100, { error: "must have at most 100 values." })
    .optional()
    .meta({ description });

/** Page size: 1 to 100, default 10. */
export const limitParameter = z
  .string()
  .regex(/^\d{1,4}$/, { error: "must be a whole number from 1 to 100." })
  .transform(Number)
  .refine((value) => value >= 1 && value <= 100, { error: "must be a whole number from 1 to 100." })
  .default(10)
  .meta({
    description: "Number of results per page.",
    override: { type: "integer", minimum: 1, maximum: 100, default: 10 },
  });

/** The `nextPageToken` of the previous page. */
export const pageTokenParameter = z
  .string()
  .max(8000, { error: "must be a nextPageToken from this list, with at most 8,000 characters." })
  .optional()
  .meta({
    description: "The `nextPageToken` of the previous page. Send the same filters and order.",
    override: { type: "string", maxLength: 8000 },
  });

/** Query parameters of lists without filters. */
export const pageQuerySchema = z.strictObject({ limit: limitParameter, pageToken: pageTokenParameter });

/** Returns the schema of one page of a list. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({
    results: z.array(item),
    nextPageToken: z.string().optional().meta({ description: "Absent on the last page." }),
    total: z.int().min(0).meta({ description: "Number of matches on all pages." }),
  });
}
