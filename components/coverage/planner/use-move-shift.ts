"use client";

import { useCallback } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import { useChangeDate } from "@/lib/agents/coverage/client/planner";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import type { Span } from "@/lib/hours/calendar/data";
import type { OverrideDraft } from "@/lib/hours/weeks/contract";
import { epochDay, wallTimeOf } from "@/lib/platform/time/calendar";
import { formatDay, formatWallTime } from "@/lib/platform/time/format";
import { type Draft, spansWith } from "./draft";
import { shiftsOfDate, spanOf, withOverride } from "./row-hours";

function overrideOf(spans: readonly Span[], note: string | undefined): OverrideDraft {
  const sorted = spans.toSorted((one, other) => one.from - other.from);
  return {
    intervals: sorted.map(({ from, to }) => ({ from: wallTimeOf(from), to: wallTimeOf(to) })),
    ...(note ? { note } : {}),
  };
}

/** Saves a moved shift as an override of its date. Shows a toast with an undo. */
export function useMoveShift(): (row: PlannerRow, draft: Draft) => void {
  const t = useTranslations("calendar.planner");
  const ui = useTranslations("ui");
  const locale = useLocale();
  const problem = useProblemText();
  const { workspace } = useWorkspace();
  const { mutateAsync } = useChangeDate(workspace.id);
  return useCallback(
    (row, draft) => {
      const { agentId, date, span } = draft;
      const failed = (error: unknown) =>
        notify({ kind: "error", title: t("notMoved", { name: row.name }), detail: problem(error) });
      const before = shiftsOfDate(row, date);
      const replaced = before.find(({ source }) => source === "override");
      const spans = spansWith(row, draft);
      const undo = () =>
        mutateAsync({
          agentId,
          date,
          draft:
            replaced &&
            overrideOf(
              before.map((shift) => spanOf(row, shift)),
              replaced.name,
            ),
          expect: (now) => {
            const shifts = [...now.shifts.filter((shift) => shift.date !== date), ...before];
            return {
              ...now,
              shifts: shifts.sort((one, other) => Date.parse(one.start) - Date.parse(other.start)),
            };
          },
        });
      const said = t("moved", {
        name: row.name,
        date: formatDay(locale, epochDay(date), { weekday: "short", day: "numeric", month: "short" }),
        from: formatWallTime(locale, wallTimeOf(span.from)),
        to: formatWallTime(locale, wallTimeOf(span.to)),
      });
      const saved = mutateAsync({
        agentId,
        date,
        draft: overrideOf(spans, replaced?.name),
        expect: (now) => withOverride(now, date, spans, replaced?.name),
      });
      saved.then(
        () =>
          notify({
            kind: "success",
            title: said,
            action: { label: ui("undo"), run: () => void undo().catch(failed) },
          }),
        failed,
      );
    },
    [mutateAsync, problem, locale, t, ui],
  );
}
