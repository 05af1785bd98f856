"use client";

import { useFormatter, useNow } from "@/components/shell/time";
import { classes } from "@/components/ui/classes";
import { clockParts, secondsUntil, shareLeft } from "./rules";

/** Milliseconds between two updates, short enough to show every second. */
const updateInterval = 250;
/** The countdown turns red below this many seconds. */
const urgent = 10;

/** Returns a function that formats seconds as "1:05". */
export function useClockText(): (seconds: number) => string {
  const format = useFormatter();
  return (total) => {
    const { minutes, seconds } = clockParts(total);
    return `${format.number(minutes)}:${format.number(seconds, { minimumIntegerDigits: 2 })}`;
  };
}

/** Counts down to an instant. Screen readers read it on demand, because a timer is not a live region. */
export function Countdown({
  until,
  label,
  turnsRed = false,
  className,
}: {
  until: string;
  label: string;
  turnsRed?: boolean;
  className?: string;
}) {
  const clock = useClockText();
  const now = useNow({ updateInterval });
  const left = secondsUntil(until, now.getTime());
  return (
    <span
      role="timer"
      aria-label={label}
      className={classes("tabular-nums", turnsRed && left <= urgent && "text-danger", className)}
    >
      {/* Not on the outer element, whose margins follow the page's direction. */}
      <span dir="ltr">{clock(left)}</span>
    </span>
  );
}

/** A bar that empties until an instant. Decorative: the number next to it has the same information. */
export function CountdownBar({
  from,
  until,
  turnsRed = false,
}: {
  from: string;
  until: string;
  turnsRed?: boolean;
}) {
  const now = useNow({ updateInterval }).getTime();
  const isUrgent = turnsRed && secondsUntil(until, now) <= urgent;
  return (
    <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-pressed">
      <span
        className={classes(
          "block h-full rounded-full transition-[width] duration-250 ease-linear",
          isUrgent ? "bg-danger" : "bg-accent",
        )}
        style={{ width: `${shareLeft({ from, until }, now) * 100}%` }}
      />
    </span>
  );
}
