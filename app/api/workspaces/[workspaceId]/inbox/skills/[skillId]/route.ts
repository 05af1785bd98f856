import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { deleteSkill, getSkill, patchSkill } from "@/lib/skills/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getSkill, async ({ actor, params }) => ({
    data: await getServices().skills.get(actor, params.skillId),
  })),
  route(patchSkill, async ({ actor, params, body, now }) => ({
    data: await getServices().skills.change(actor, params.skillId, body, now),
  })),
  route(deleteSkill, ({ actor, params, now }) => getServices().skills.delete(actor, params.skillId, now)),
);
