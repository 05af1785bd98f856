import type { Agent } from "@/lib/agents/agents/contract";

/** Agent properties that the ledger records, under their API names. */
export const recordedProperties = [
  "name",
  "bio",
  "avatarUrl",
  "dropVms",
  "wrapUpTime",
  "timezone",
  "defaultCountryCode",
  "defaultCallerId",
  "forwardNumber",
  "transcriptionLocale",
  "weeklySchedule",
  "holidays",
  "assignedSkills",
  "defaultSenderId",
  "outOfOfficeResponse",
] as const satisfies readonly (keyof Agent)[];
