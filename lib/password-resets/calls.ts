import { call } from "@/lib/http/call";
import type * as contract from "@/lib/password-resets/contract";

export const forgotPassword = call<typeof contract.forgotPassword>("POST", "/api/password/forgot");
export const resetPassword = call<typeof contract.resetPassword>("POST", "/api/password/reset");
