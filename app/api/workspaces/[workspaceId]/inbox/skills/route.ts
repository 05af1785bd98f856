import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { createSkill, listSkills } from "@/lib/skills/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(listSkills, async ({ actor, query }) => ({ data: await getServices().skills.list(actor, query) })),
  route(createSkill, ({ actor, body, now }) => getServices().skills.create(actor, body, now)),
);
