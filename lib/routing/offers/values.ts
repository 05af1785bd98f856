import type { Code } from "@/lib/availability/effective/values";

/**
 * Codes that withdraw an agent's pending offers, because the agent has left. Other codes, such as `away`,
 * keep them.
 */
export const leavingCodes: readonly Code[] = ["invited", "suspended", "offline", "absent"];
