"use client";

import { useMemo } from "react";
import { useListStateIn } from "@/components/agents/list/use-list-state";
import { dayOfIso, type Length } from "@/components/coverage/period";
import { useSearchString } from "@/components/shell/use-search-string";
import { isoDate } from "@/lib/platform/time/calendar";
import { isTimeZone } from "@/lib/platform/time/zone";

/** The period, the grouping, the zone and the filters, kept in the URL. */
export function usePlannerAddress() {
  const [search, write] = useSearchString();
  const list = useListStateIn(search, write);
  const state = useMemo(() => {
    const parameters = new URLSearchParams(search);
    const zone = parameters.get("zone");
    return {
      length: (parameters.get("length") === "day" ? "day" : "week") as Length,
      isGrouped: parameters.get("group") !== "none",
      /** Null: today. */
      day: dayOfIso(parameters.get("date")),
      /** Null: the reader's. */
      zone: zone !== null && isTimeZone(zone) ? zone : null,
    };
  }, [search]);
  const actions = useMemo(() => {
    const set = (name: string, value: string | null) =>
      write((before) => {
        const parameters = new URLSearchParams(before);
        if (value === null) parameters.delete(name);
        else parameters.set(name, value);
        return parameters.toString();
      }, "push");
    return {
      goTo: (day: number) => set("date", isoDate(day)),
      show: (length: Length) => set("length", length === "week" ? null : length),
      group: (isGrouped: boolean) => set("group", isGrouped ? null : "none"),
      readIn: (zone: string | null) => set("zone", zone),
    };
  }, [write]);
  return { ...state, ...actions, list };
}
