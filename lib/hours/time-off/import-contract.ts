import { z } from "zod";
import { timeOffSchema } from "@/lib/hours/time-off/contract";
import type { TimeOffTypeId } from "@/lib/hours/time-off/types-contract";
import { booleanSchema, dateSchema, idSchema } from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { agentParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";

export const timeOffImportSchema = z
  .strictObject({
    ics: text({ min: 1, max: 200_000 }).meta({ description: "The text of an iCalendar (.ics) file." }),
    typeId: idSchema<TimeOffTypeId>("The type."),
    dryRun: booleanSchema.default(true).meta({ description: "`true`: only says what would happen." }),
  })
  .meta({ id: "TimeOffImport" });

export const timeOffImportResultSchema = z
  .strictObject({
    dryRun: z.boolean(),
    created: z.array(timeOffSchema.partial({ id: true })).meta({ description: "Without ids in a dry run." }),
    changed: z.array(timeOffSchema).meta({
      description: "Imported before, with other times or another summary; as it is after the change.",
    }),
    skipped: z.array(
      z.strictObject({
        summary: z.string().optional(),
        startDate: dateSchema.optional(),
        reason: z.enum([
          "alreadyImported",
          "overlaps",
          "unreadable",
          "past",
          "free",
          "cancelled",
          "unknownZone",
        ]),
      }),
    ),
  })
  .meta({ id: "TimeOffImportResult" });

export type TimeOffImport = z.output<typeof timeOffImportSchema>;
export type TimeOffImportResult = z.output<typeof timeOffImportResultSchema>;

export const importTimeOff = operation({
  id: "importTimeOff",
  method: "POST",
  path: "/api/workspaces/{workspaceId}/agents/{agentId}/time-off/import",
  tag: "Time off",
  summary: "Import time off from a calendar file",
  description:
    "Events that were imported before are changed, not repeated. Recurring events are expanded for a year. At most 500 events in a file, and 6 files with recurring events a minute.",
  access: members("own.write", "timeOff.write"),
  params: agentParams,
  reads: ["Idempotency-Key"],
  body: timeOffImportSchema,
  invalid: "InvalidTimeOffImport",
  success: response.ok("What was or would be imported.", timeOffImportResultSchema),
  errors: ["AgentNotFound", "TooManyTimeOff"],
});
