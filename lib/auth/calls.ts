import type * as contract from "@/lib/auth/contract";
import { call } from "@/lib/http/call";

export const changePassword = call<typeof contract.changePassword>("POST", "/api/password");
