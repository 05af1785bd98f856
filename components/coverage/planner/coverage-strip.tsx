"use client";

import { memo, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useExactDuration } from "@/components/availability/duration-text";
import type { Period } from "@/components/coverage/period";
import { type Numbers, shortMinutes } from "./numbers";

const bottom = 38;

/**
 * How many agents are scheduled in each step, and how many are needed. While a shift is moved, a line shows the
 * numbers before the change.
 */
export const CoverageStrip = memo(function CoverageStrip({
  numbers,
  before,
  period,
  height,
}: {
  /** Undefined while they load. */
  numbers: Numbers | undefined;
  before: Numbers | undefined;
  period: Period;
  height: number;
}) {
  const t = useTranslations("calendar.planner.strip");
  const duration = useExactDuration();
  const paths = useMemo(
    () => (numbers && numbers.scheduled.length > 0 ? pathsOf(numbers, before, period) : null),
    [numbers, before, period],
  );
  if (!numbers || !paths) return <div style={{ height }} />;
  const { scheduled, needed } = numbers;
  const short = shortMinutes(numbers);
  const label = [
    t("label", { lowest: Math.min(...scheduled), highest: Math.max(...scheduled) }),
    needed && (short > 0 ? t("short", { duration: duration(short) }) : t("enough")),
  ].filter(Boolean);
  return (
    <svg
      role="img"
      aria-label={label.join(" ")}
      viewBox="0 0 1000 40"
      preserveAspectRatio="none"
      className="block w-full forced-color-adjust-none rtl:-scale-x-100"
      style={{ height }}
    >
      <path d={paths.enough} className="fill-accent/30" />
      <path d={paths.short} className="fill-danger/30" />
      <path d={paths.missing} className="fill-danger" />
      {needed && (
        <path d={paths.needed} fill="none" vectorEffect="non-scaling-stroke" className="stroke-ink" />
      )}
      {before && (
        <path
          d={paths.before}
          fill="none"
          vectorEffect="non-scaling-stroke"
          strokeDasharray="3 2"
          strokeWidth={1.5}
          className="stroke-accent-strong"
        />
      )}
    </svg>
  );
});

/** Returns one path for all steps of a kind: a week has 168, and an element for each would cost a frame. */
function pathsOf({ scheduled, needed, step, start }: Numbers, before: Numbers | undefined, period: Period) {
  const most = Math.max(1, ...scheduled, ...(needed ?? []), ...(before?.scheduled ?? []));
  const length = period.end - period.start;
  const x = (index: number) => Number((((start + index * step - period.start) / length) * 1000).toFixed(2));
  const y = (count: number) => Number((bottom - (count / most) * 34).toFixed(2));
  const box = (index: number, from: number, to: number) =>
    `M${x(index)} ${from}H${x(index + 1)}V${to}H${x(index)}Z`;
  let enough = "";
  let short = "";
  let missing = "";
  let changed = "";
  scheduled.forEach((count, index) => {
    const need = needed?.[index] ?? 0;
    if (count < need) {
      short += box(index, y(count), bottom);
      missing += box(index, y(need), y(count));
    } else if (count > 0) enough += box(index, y(count), bottom);
    const was = before?.scheduled[index];
    if (was !== undefined && was !== count) changed += `M${x(index)} ${y(was)}H${x(index + 1)}`;
  });
  const line = needed?.map(
    (count, index) => `${index === 0 ? "M" : "L"}${x(index)} ${y(count)}H${x(index + 1)}`,
  );
  return { enough, short, missing, before: changed, needed: line?.join("") ?? "" };
}
