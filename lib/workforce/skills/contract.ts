import { z } from "zod";
import {
  countSchema,
  idSchema,
  instantSchema,
  nameSchema,
  pageOf,
  pageQuerySchema,
  uuidSchema,
} from "@/lib/platform/http/fields";
import { members, operation, response } from "@/lib/platform/http/operation";
import { workspaceParams } from "@/lib/platform/http/paths";
import { text } from "@/lib/platform/http/text";
import type { Branded } from "@/lib/platform/ids";

/** Whether an agent can have one value of a skill or several. */
export const skillValueTypeSchema = z
  .enum(["single", "multiple"], { error: "must be single or multiple." })
  .meta({ id: "SkillValueType" });

export const skillValueSchema = z
  .strictObject({ id: uuidSchema, value: z.string(), icon: z.string().optional() })
  .meta({ id: "SkillValue" });

/** A skill as part of an agent, with the selected values. */
export const assignedSkillSchema = z
  .strictObject({
    id: uuidSchema,
    name: z.string(),
    valueType: skillValueTypeSchema,
    selectedValues: z.array(skillValueSchema),
  })
  .meta({ id: "AssignedSkill" });

export const skillSchema = z
  .strictObject({
    id: uuidSchema,
    workspaceId: uuidSchema,
    name: z.string(),
    description: z.string().optional(),
    valueType: skillValueTypeSchema,
    values: z.array(skillValueSchema),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: "Skill" });

export type Skill = z.output<typeof skillSchema>;

const valueShape = { value: nameSchema, icon: text({ min: 1, max: 255 }).nullable().optional() };
const tooManyValues = { error: "must have at most 100 values." };

export const skillDraftSchema = z
  .strictObject({
    name: nameSchema,
    description: text({ max: 2000 }).optional(),
    valueType: skillValueTypeSchema.default("multiple"),
    values: z.array(z.strictObject(valueShape)).max(100, tooManyValues).default([]),
  })
  .meta({ id: "SkillDraft" });

/** A change of a skill. Omitted properties stay as they are; `null` clears the description. */
export const skillChangeSchema = z
  .strictObject({
    name: nameSchema.optional(),
    description: text({ max: 2000 }).nullable().optional(),
    valueType: skillValueTypeSchema.optional(),
    values: z
      .array(
        z.strictObject({
          id: idSchema<Branded<"SkillValueId">>("The value. Leave out for a new one.").optional(),
          ...valueShape,
        }),
      )
      .max(100, tooManyValues)
      .refine(
        (values) => {
          const ids = values.flatMap((value) => value.id ?? []);
          return new Set(ids).size === ids.length;
        },
        { error: "has the same value twice. Remove one." },
      )
      .optional()
      .meta({ description: "The whole list in order. A value with an `id` stays the same value." }),
  })
  .meta({ id: "SkillChange" });

/** Agents and conversations that refer to a skill. */
export const skillUsageSchema = z
  .strictObject({
    agents: countSchema.meta({ description: "Agents with the skill." }),
    values: z
      .array(z.strictObject({ id: uuidSchema, agents: countSchema }))
      .meta({ description: "Each value with the number of agents who have it." }),
    waiting: countSchema.meta({ description: "Waiting conversations that require the skill." }),
    needs: countSchema.meta({ description: "Coverage needs of the skill. They are deleted with it." }),
  })
  .meta({ id: "SkillUsage" });

export type SkillDraft = z.output<typeof skillDraftSchema>;
export type SkillChange = z.output<typeof skillChangeSchema>;
export type SkillUsage = z.output<typeof skillUsageSchema>;

const collection = "/api/workspaces/{workspaceId}/inbox/skills";
const one = `${collection}/{skillId}` as const;
const skillParams = workspaceParams.extend({ skillId: idSchema("The skill.") });
const shared = { tag: "Skills", access: members("settings.read") } as const;
const written = { tag: "Skills", access: members("settings.write") } as const;

export const listSkills = operation({
  ...shared,
  id: "listSkills",
  method: "GET",
  path: collection,
  summary: "List skills",
  params: workspaceParams,
  query: pageQuerySchema,
  success: response.ok("A page of skills, oldest first.", pageOf(skillSchema)),
});

export const getSkill = operation({
  ...shared,
  id: "getSkill",
  method: "GET",
  path: one,
  summary: "Get a skill and its values",
  params: skillParams,
  reads: ["If-None-Match"],
  success: response.okWithTag("The skill.", skillSchema),
  errors: ["SkillNotFound"],
});

export const createSkill = operation({
  ...written,
  id: "createSkill",
  audit: "skill.created",
  method: "POST",
  path: collection,
  summary: "Create a skill",
  params: workspaceParams,
  reads: ["Idempotency-Key"],
  body: skillDraftSchema,
  invalid: "InvalidSkill",
  success: response.created("The new skill.", skillSchema),
  errors: ["SkillAlreadyExists"],
});

export const patchSkill = operation({
  ...written,
  id: "patchSkill",
  audit: "skill.changed",
  method: "PATCH",
  path: one,
  summary: "Change a skill",
  description:
    "`values` replaces the whole list. Agents keep a value with its `id` and lose a value that is left out. `valueType` can change to `single` only if no agent has several values.",
  params: skillParams,
  reads: ["If-Match"],
  body: skillChangeSchema,
  invalid: "InvalidSkill",
  success: response.okWithTag("The skill after the change.", skillSchema),
  errors: ["SkillNotFound", "SkillAlreadyExists"],
});

export const deleteSkill = operation({
  ...written,
  id: "deleteSkill",
  audit: "skill.deleted",
  method: "DELETE",
  path: one,
  summary: "Delete a skill",
  description: "Agents lose the skill and its values.",
  params: skillParams,
  reads: ["If-Match"],
  success: response.noContent("The skill was deleted."),
  errors: ["SkillNotFound"],
});

export const getSkillUsage = operation({
  ...written,
  id: "getSkillUsage",
  method: "GET",
  path: `${one}/usage`,
  summary: "Count the uses of a skill",
  description: "The number of agents with the skill and with each of its values.",
  params: skillParams,
  success: response.ok("What deleting the skill would affect.", skillUsageSchema),
  errors: ["SkillNotFound"],
});
