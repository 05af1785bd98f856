import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";
import { getSkillUsage } from "@/lib/skills/contract";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getSkillUsage, async ({ actor, params }) => ({
    data: await getServices().skills.usage(actor, params.skillId),
  })),
);
