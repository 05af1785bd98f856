import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { getSkill } from "@/lib/skills/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getSkill, async ({ actor, params }) => ({
    data: await getServices().skills.get(actor, params.skillId),
  })),
);
