import type { Agent } from "@/lib/agents/agents/contract";

/** The properties of an agent that a change can touch, as the ledger names them. */
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
