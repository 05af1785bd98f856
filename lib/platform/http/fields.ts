import { z } from "zod";
import { text } from "@/lib/platform/http/text";
import type { AgentId, Branded } from "@/lib/platform/ids";

/** A UUID of any version, in lower case from here on, branded with what it identifies. */
export function idSchema<Id extends Branded<string>>(description: string) {
  return z
    .guid({ error: "must be a UUID, such as 0198c0de-7e57-7000-8000-000000000000." })
    .toLowerCase()
    .meta({ description, format: "uuid" }) as unknown as z.ZodType<Id, string>;
}

/** A UUID in an answer. */
export const uuidSchema = z.guid().meta({ format: "uuid" });

/** The name of something: 1 to 255 characters, without the white space around it. */
export const nameSchema = text({ min: 1, max: 255, trim: true });

/** Most agents that one request may name: as many as fit into a body, with room for the rest of it. */
export const agentListLimit = 5000;

/** The agents that something is for, as a whole new list; one named twice counts once. */
export const agentListSchema = z
  .array(idSchema<AgentId>("An agent."))
  .max(agentListLimit, { error: `must have at most ${agentListLimit.toLocaleString("en")} agents.` });

/** A number of things that refer to something. */
export const countSchema = z.int().min(0);

/** An instant in an answer: RFC 3339, UTC, milliseconds. */
export const instantSchema = z.iso
  .datetime({ precision: 3 })
  .meta({ description: "RFC 3339, UTC, with milliseconds.", example: "2026-03-09T08:30:00.000Z" });

/** An instant in a query: RFC 3339 with any offset, as epoch milliseconds. */
export const instantParameter = z.iso
  .datetime({
    offset: true,
    error: "must be an RFC 3339 time such as 2026-03-09T08:30:00Z. Encode a + as %2B.",
  })
  .transform((value) => Date.parse(value));

/** `true` or `false` in a query. */
export const booleanParameter = z
  .string()
  .refine((value) => value === "true" || value === "false", { error: "must be true or false." })
  .transform((value) => value === "true");

/** How many results a page may hold: 1 to 100, 10 unless told. */
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

/** Where a list goes on: the `nextPageToken` of the page before. */
export const pageTokenParameter = z
  .string()
  .max(8000, { error: "must be a nextPageToken from this list, with at most 8,000 characters." })
  .optional()
  .meta({
    description: "The `nextPageToken` of the previous page. Send the same filters and order.",
    override: { type: "string", maxLength: 8000 },
  });

/** The parameters of every plain list. */
export const pageQuerySchema = z.strictObject({ limit: limitParameter, pageToken: pageTokenParameter });

/** A page of a list. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({
    results: z.array(item),
    nextPageToken: z.string().optional().meta({ description: "Absent on the last page." }),
    total: z.int().min(0).meta({ description: "Number of matches on all pages." }),
  });
}
