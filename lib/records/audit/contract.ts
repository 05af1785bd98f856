import { z } from "zod";
import {
  idSchema,
  instantParameter,
  instantSchema,
  limitParameter,
  oneOf,
  pageTokenParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { AccessKeyId, UserId } from "@/lib/platform/ids";
import { auditActions } from "@/lib/platform/security/audit-actions";
import { auditOutcomes, auditTargets } from "@/lib/records/audit/values";

export const auditEventSchema = z
  .strictObject({
    id: uuidSchema,
    at: instantSchema,
    action: z.enum(auditActions),
    outcome: z.enum(auditOutcomes),
    actor: z
      .strictObject({
        kind: z.enum(["user", "accessKey", "system"]),
        id: uuidSchema.optional(),
        name: z.string().meta({ description: "The name at that time." }),
      })
      .optional()
      .meta({ description: "The person or access key. For a failed sign-in, the account that was tried." }),
    address: z.string().optional().meta({ description: "The IP address of the request." }),
    target: z
      .strictObject({
        type: z.enum(auditTargets),
        id: uuidSchema,
        name: z.string().optional().meta({ description: "The name at that time." }),
      })
      .optional()
      .meta({ description: "The person or resource that was affected." }),
    details: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "More about the event, such as the roles before and after." }),
  })
  .meta({ id: "AuditEvent" });

export type AuditEvent = z.output<typeof auditEventSchema>;

export const auditQuerySchema = z.strictObject({
  limit: limitParameter,
  pageToken: pageTokenParameter,
  actions: z
    .array(z.enum(auditActions, oneOf(auditActions)))
    .max(auditActions.length, { error: `must have at most ${auditActions.length} values.` })
    .optional()
    .meta({ description: "Only events with one of these actions." }),
  actorId: idSchema<UserId | AccessKeyId>("The person or access key.").optional(),
  since: instantParameter.optional().meta({
    description: "At this time or later.",
    override: { type: "string", format: "date-time" },
  }),
  upto: instantParameter.optional().meta({
    description: "At this time or earlier.",
    override: { type: "string", format: "date-time" },
  }),
});

export type AuditQuery = z.output<typeof auditQuerySchema>;

/** A page of the audit log. Without a total, because counting costs more than the page. */
export const auditPageSchema = z.strictObject({
  results: z.array(auditEventSchema),
  nextPageToken: z.string().optional().meta({ description: "Absent on the last page." }),
});

export type AuditPage = z.output<typeof auditPageSchema>;

export const listAuditEvents = operation({
  id: "listAuditEvents",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/audit",
  tag: "Audit",
  summary: "List security events",
  description:
    "Newest first. An event must match all filters. `Accept: text/csv` and `Accept: application/x-ndjson` export all matching events, not paginated, and ignore `limit` and `pageToken`. Each export is recorded as an event, too.",
  access: members("ledger.read"),
  params: workspaceParams,
  query: auditQuerySchema,
  reads: ["Accept"],
  success: {
    status: 200,
    description: "A page of events, or all events as CSV or JSON lines.",
    body: auditPageSchema,
    alternatives: ["text/csv", "application/x-ndjson"],
  },
});
