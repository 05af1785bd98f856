import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { Code } from "@/lib/availability/effective/values";

/** Catalog key of each code. A declared status or activity has the same word as in menus. */
const keys = {
  invited: "codes.invited",
  suspended: "suspended",
  offline: "status.offline",
  away: "status.away",
  busy: "activity.busy",
  onCall: "activity.onCall",
  wrapUp: "activity.wrapUp",
  onBreak: "activity.onBreak",
  inMeeting: "activity.inMeeting",
  timeOff: "codes.timeOff",
  holiday: "codes.holiday",
  outOfHours: "codes.outOfHours",
  absent: "codes.absent",
  idle: "codes.idle",
  wrappingUp: "codes.wrappingUp",
  atCapacity: "codes.atCapacity",
  inCall: "codes.inCall",
  notResponding: "codes.notResponding",
} as const satisfies Record<Code, string>;

/** Returns a function that gives the word of a code, such as "On a break". */
export function useCodeWord(): (code: Code) => string {
  const t = useTranslations("availability");
  return useCallback((code: Code) => t(keys[code]), [t]);
}

/** Returns a function that gives a code with its number of agents, such as "On a break: 2 agents". */
export function useCodeCount(): (code: Code, count: number) => string {
  const t = useTranslations("availability");
  const word = useCodeWord();
  return useCallback((code: Code, count: number) => t("codeCount", { reason: word(code), count }), [t, word]);
}
