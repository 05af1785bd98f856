import { endpoint, route } from "@/lib/http/route";
import { acceptInvitation } from "@/lib/people/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(acceptInvitation, async ({ body, address, now }) => ({
    data: await getServices().people.accept(body, { address, now }),
  })),
);
