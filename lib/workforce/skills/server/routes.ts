import { routeWith } from "@/lib/platform/http/server/route";
import {
  createSkill,
  deleteSkill,
  getSkill,
  getSkillUsage,
  listSkills,
  patchSkill,
} from "@/lib/workforce/skills/contract";
import type { SkillService } from "@/lib/workforce/skills/server/service";

const route = routeWith<{ skills: SkillService }>();

export const skillRoutes = [
  route(listSkills, async ({ actor, query }, { skills }) => ({ data: await skills.list(actor, query) })),
  route(createSkill, ({ actor, body, now }, { skills }) => skills.create(actor, body, now)),
  route(getSkill, ({ actor, params }, { skills }) => skills.get(actor, params.skillId)),
  route(patchSkill, ({ actor, params, body, ifMatch, now }, { skills }) =>
    skills.change(actor, params.skillId, body, { ifMatch, now }),
  ),
  route(deleteSkill, ({ actor, params, ifMatch, now }, { skills }) =>
    skills.delete(actor, params.skillId, { ifMatch, now }),
  ),
  route(getSkillUsage, async ({ actor, params }, { skills }) => ({
    data: await skills.usage(actor, params.skillId),
  })),
];
