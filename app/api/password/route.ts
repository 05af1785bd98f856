import { changePassword } from "@/lib/auth/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(changePassword, async ({ principal, body, address, now }) => {
    await getServices().auth.changePassword(principal, body, { address, now });
    return { data: undefined };
  }),
);
