import { createToken } from "@/lib/auth/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(createToken, async ({ body, now }) => ({ data: await getServices().auth.createToken(body, now) })),
);
