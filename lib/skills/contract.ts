import { z } from "zod";
import { idSchema, instantSchema, pageOf, pageQuerySchema, uuidSchema } from "@/lib/http/fields";
import { members, operation } from "@/lib/http/operation";
import { workspaceParams } from "@/lib/http/paths";

/** Whether an agent may have one value of a skill or several. */
export const skillValueTypeSchema = z
  .enum(["single", "multiple"], { error: "must be single or multiple." })
  .meta({ id: "SkillValueType" });

/** One value of a skill. */
export const skillValueSchema = z
  .strictObject({ id: uuidSchema, value: z.string(), icon: z.string().optional() })
  .meta({ id: "SkillValue" });

/** A skill as an agent has it. */
export const assignedSkillSchema = z
  .strictObject({
    id: uuidSchema,
    name: z.string(),
    valueType: skillValueTypeSchema,
    selectedValues: z.array(skillValueSchema),
  })
  .meta({ id: "AssignedSkill" });

/** A skill of the workspace. */
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

const shared = { tag: "Skills", access: members("settings.read") } as const;

export const listSkills = operation({
  ...shared,
  id: "listSkills",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/skills",
  summary: "List skills",
  params: workspaceParams,
  query: pageQuerySchema,
  success: { status: 200, description: "A page of skills, oldest first.", body: pageOf(skillSchema) },
  errors: ["InvalidPageToken"],
});

export const getSkill = operation({
  ...shared,
  id: "getSkill",
  method: "GET",
  path: "/api/workspaces/{workspaceId}/inbox/skills/{skillId}",
  summary: "Get a skill and its values",
  params: workspaceParams.extend({ skillId: idSchema("The skill.") }),
  success: { status: 200, description: "The skill.", body: skillSchema },
  errors: ["SkillNotFound"],
});
