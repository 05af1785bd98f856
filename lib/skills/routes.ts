import { route } from "@/lib/http/route";
import {
  createSkill,
  deleteSkill,
  getSkill,
  getSkillUsage,
  listSkills,
  patchSkill,
} from "@/lib/skills/contract";

export const skillRoutes = [
  route(listSkills, async ({ actor, query }, { skills }) => ({ data: await skills.list(actor, query) })),
  route(createSkill, ({ actor, body, now }, { skills }) => skills.create(actor, body, now)),
  route(getSkill, async ({ actor, params }, { skills }) => ({
    data: await skills.get(actor, params.skillId),
  })),
  route(patchSkill, async ({ actor, params, body, now }, { skills }) => ({
    data: await skills.change(actor, params.skillId, body, now),
  })),
  route(deleteSkill, ({ actor, params, now }, { skills }) => skills.delete(actor, params.skillId, now)),
  route(getSkillUsage, async ({ actor, params }, { skills }) => ({
    data: await skills.usage(actor, params.skillId),
  })),
];
