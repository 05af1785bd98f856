import { getKeySet } from "@/lib/auth/contract";
import { endpoint, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  route(getKeySet, async ({ now }) => ({ data: await getServices().auth.keySet(now) })),
);
