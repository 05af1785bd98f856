import { endpoint, route } from "@/lib/http/route";
import { getMembership } from "@/lib/people/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getMembership, async ({ actor }) => ({ data: await getServices().people.membership(actor) })),
);
