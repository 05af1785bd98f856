import { z } from "zod";
import {
  countSchema,
  dateSchema,
  idSchema,
  instantSchema,
  oneOf,
  severalParameter,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import type { SkillId, TeamId } from "./needs-contract";
import { coverageGroupings, coverageSteps, riskKinds } from "./values";

const base = "/api/workspaces/{workspaceId}";
const tag = "Coverage";
const read = { tag, access: members("agents.read"), params: workspaceParams } as const;

const coverageRange = {
  from: dateSchema.meta({ description: "The first date, in the workspace's time zone." }),
  to: dateSchema.meta({ description: "The last date, included." }),
};

const stepParameter = z
  .enum(["15", "30", "60"], oneOf(coverageSteps.map(String)))
  .default("30")
  .transform((value) => Number(value) as (typeof coverageSteps)[number])
  .meta({
    description: "Minutes of a step.",
    override: { type: "integer", enum: [...coverageSteps], default: 30 },
  });

const groupFilters = {
  teamIds: severalParameter(idSchema<TeamId>("A team."), "Only agents in one of these teams."),
  skillIds: severalParameter(idSchema<SkillId>("A skill."), "Only agents with one of these skills."),
};

export const coverageQuerySchema = z.strictObject({
  ...coverageRange,
  step: stepParameter,
  groupBy: z
    .enum(coverageGroupings, oneOf(coverageGroupings))
    .default("none")
    .meta({
      description: "One group, or one for each team or skill.",
      override: { type: "string", enum: [...coverageGroupings], default: "none" },
    }),
  ...groupFilters,
});

export type CoverageQuery = z.output<typeof coverageQuerySchema>;

const perStep = z.array(countSchema);

/** How many agents are scheduled in each step. */
export const coverageSchema = z
  .strictObject({
    from: instantSchema,
    to: instantSchema,
    step: z.int(),
    timezone: z.string(),
    groups: z.array(
      z.strictObject({
        id: uuidSchema.optional(),
        name: z.string(),
        scheduled: perStep.meta({ description: "Agents in hours for the whole step, one number per step." }),
        needed: perStep
          .optional()
          .meta({ description: "The minimum. Absent without a need for this group." }),
        off: perStep.meta({ description: "Agents whose hours time off or a holiday takes." }),
      }),
    ),
  })
  .meta({ id: "Coverage" });

export type Coverage = z.output<typeof coverageSchema>;

export const getCoverage = operation({
  ...read,
  id: "getCoverage",
  method: "GET",
  path: `${base}/coverage`,
  summary: "Count who is scheduled",
  description: "For up to 62 dates. A date on which clocks change has more or fewer steps.",
  query: coverageQuerySchema,
  success: response.ok("The numbers by group.", coverageSchema),
});

/** A stretch of time with too few agents. */
export const coverageRiskSchema = z
  .strictObject({
    kind: z.enum(riskKinds).meta({
      description: "`belowMinimum`: fewer than needed. `onlyOne`: one agent alone has a needed skill.",
    }),
    start: instantSchema,
    end: instantSchema,
    needId: uuidSchema,
    teamId: uuidSchema.optional(),
    skillId: uuidSchema.optional(),
    scheduled: countSchema.meta({ description: "The lowest number within the stretch." }),
    needed: countSchema,
    agentIds: z.array(uuidSchema).meta({ description: "Who is scheduled, at most 20." }),
  })
  .meta({ id: "CoverageRisk" });

export const coverageRisksSchema = z
  .strictObject({ timezone: z.string(), results: z.array(coverageRiskSchema) })
  .meta({ id: "CoverageRisks" });

export type CoverageRisk = z.output<typeof coverageRiskSchema>;
export type CoverageRisks = z.output<typeof coverageRisksSchema>;

export const coverageRisksQuerySchema = z.strictObject({ ...coverageRange, ...groupFilters });
export type CoverageRisksQuery = z.output<typeof coverageRisksQuerySchema>;

export const listCoverageRisks = operation({
  ...read,
  id: "listCoverageRisks",
  method: "GET",
  path: `${base}/coverage/risks`,
  summary: "List stretches with too few agents",
  description: "For up to 31 dates.",
  query: coverageRisksQuerySchema,
  success: response.ok("By start, at most 500.", coverageRisksSchema),
});
