import type * as contract from "@/lib/access/auth/contract";
import { call } from "@/lib/platform/client/call";

export const changePassword = call<typeof contract.changePassword>("POST", "/api/password");
