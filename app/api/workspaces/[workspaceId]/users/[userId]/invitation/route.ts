import { endpoint, route } from "@/lib/http/route";
import { resendInvitation } from "@/lib/people/contract";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(resendInvitation, async ({ actor, params, now }) => ({
    data: await getServices().people.resend(actor, params.userId, now),
  })),
);
