"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { dayOfIso, type Length, lengths } from "@/components/coverage/period";
import { coverageGroupings, coverageSteps } from "@/lib/agents/coverage/values";
import { isoDate } from "@/lib/platform/time/calendar";

export const steps = coverageSteps.map(String) as ("15" | "30" | "60")[];
export type Grouping = (typeof coverageGroupings)[number];

const parsers = {
  length: parseAsStringLiteral(lengths).withDefault("week"),
  date: parseAsString,
  by: parseAsStringLiteral(coverageGroupings).withDefault("none"),
  step: parseAsStringLiteral(steps).withDefault("60"),
};

/** The period, the grouping and the step, kept in the URL. */
export function useCoverageAddress() {
  const [address, set] = useQueryStates(parsers, { history: "push" });
  const actions = useMemo(
    () => ({
      goTo: (day: number) => void set({ date: isoDate(day) }),
      show: (length: Length) => void set({ length }),
      groupBy: (by: Grouping) => void set({ by }),
      setStep: (step: (typeof steps)[number]) => void set({ step }),
    }),
    [set],
  );
  return { ...address, day: dayOfIso(address.date), ...actions };
}
