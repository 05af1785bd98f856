import type * as contract from "@/lib/access/password-resets/contract";
import { call } from "@/lib/platform/client/call";

export const forgotPassword = call<typeof contract.forgotPassword>("POST", "/api/password/forgot");
export const resetPassword = call<typeof contract.resetPassword>("POST", "/api/password/reset");
