"use client";

import { useTranslations } from "use-intl";
import { useExactDuration } from "@/components/availability/duration-text";
import { epochDay } from "@/lib/platform/time/calendar";
import { zoneName } from "@/lib/platform/time/format";
import { isDisjoint, spansWith } from "./draft";
import { type DraftStore, useDraftState } from "./draft-store";
import { type Numbers, shortMinutes, withHours } from "./numbers";
import { zoneOn } from "./row-hours";
import { useShiftWords } from "./use-words";

/** Shows the new times of a moved shift, and their effect on coverage. */
export function DraftStatus({ store, numbers }: { store: DraftStore; numbers: Numbers | undefined }) {
  const t = useTranslations("calendar.planner");
  const words = useShiftWords();
  const duration = useExactDuration();
  const moved = useDraftState(store);
  const isRight = moved && isDisjoint(spansWith(moved.row, moved.draft));
  const after = moved && numbers?.needed && withHours(numbers, moved.before, moved.after);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-4 z-40 flex justify-center px-4"
    >
      {moved && (
        <div className="flex max-w-full flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border border-line bg-raised px-4 py-2 text-sm shadow-raised">
          <span className="font-medium tabular-nums">
            {t("draft", {
              name: moved.row.name,
              date: words.date(epochDay(moved.draft.date)),
              times: words.span(moved.draft.span),
              zone: zoneName(zoneOn(moved.row, moved.draft.date)),
            })}
          </span>
          {!isRight && <span className="text-danger">{t("overlap")}</span>}
          {numbers && after && isRight && (
            <span className={shortMinutes(after) > shortMinutes(numbers) ? "text-danger" : "text-muted"}>
              {t("effect", {
                before: duration(shortMinutes(numbers)),
                after: duration(shortMinutes(after)),
              })}
            </span>
          )}
          {moved.isByKey && <span className="text-muted">{t("keys")}</span>}
        </div>
      )}
    </div>
  );
}
