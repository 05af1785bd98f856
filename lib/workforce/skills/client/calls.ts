import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/workforce/skills/contract";

const many = "/api/workspaces/{workspaceId}/inbox/skills";
const one = `${many}/{skillId}` as const;

export const listSkills = call<typeof contract.listSkills>("GET", many);
export const createSkill = call<typeof contract.createSkill>("POST", many);
export const patchSkill = call<typeof contract.patchSkill>("PATCH", one);
export const deleteSkill = call<typeof contract.deleteSkill>("DELETE", one);
export const getSkillUsage = call<typeof contract.getSkillUsage>("GET", `${one}/usage`);
export const getSkill = call<typeof contract.getSkill>("GET", one);
