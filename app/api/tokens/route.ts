import { createToken } from "@/lib/auth/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(createToken, async ({ body, address, now }) => ({
    data: await getServices().auth.createToken(body, { address, now }),
  })),
);
