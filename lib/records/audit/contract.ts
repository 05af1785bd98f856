import { z } from "zod";
import {
  idSchema,
  instantParameter,
  instantSchema,
  limitParameter,
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
        name: z.string().meta({ description: "Their name at that time." }),
      })
      .optional()
      .meta({ description: "Who did it. Of a refused sign-in: the account that was tried." }),
    address: z.string().optional().meta({ description: "The network address that the request came from." }),
    target: z
      .strictObject({
        type: z.enum(auditTargets),
        id: uuidSchema,
        name: z.string().optional().meta({ description: "Its name at that time." }),
      })
      .optional()
      .meta({ description: "The person or thing that the event is about." }),
    details: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "What else is known, such as the roles before and after." }),
  })
  .meta({ id: "AuditEvent" });

export type AuditEvent = z.output<typeof auditEventSchema>;

export const auditQuerySchema = z.strictObject({
  limit: limitParameter,
  pageToken: pageTokenParameter,
  actions: z
    .array(z.enum(auditActions, { error: `must be one of ${auditActions.join(", ")}.` }))
    .max(auditActions.length, { error: `may have at most ${auditActions.length} values.` })
    .optional()
    .meta({ description: "Events with one of these actions." }),
  actorId: idSchema<UserId | AccessKeyId>("The person or access key who did it.").optional(),
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
  nextPageToken: z.string().optional().meta({ description: "Left out on the last page." }),
});

export type AuditPage = z.output<typeof auditPageSchema>;

export const listAuditEvents = operation({
  id: "listAuditEvents",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/audit",
  tag: "Audit",
  summary: "List security events",
  description:
    "Newest first. Different filters must all match. `Accept: text/csv` and `Accept: application/x-ndjson` export all events that match, without pages; `limit` and `pageToken` do not count then. The export itself is an event.",
  access: members("ledger.read"),
  params: workspaceParams,
  query: auditQuerySchema,
  reads: ["Accept"],
  success: {
    status: 200,
    description: "A page of events, or all of them as CSV or JSON lines.",
    body: auditPageSchema,
    alternatives: ["text/csv", "application/x-ndjson"],
  },
  errors: ["InvalidPageToken"],
});
