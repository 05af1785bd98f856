"use client";

import { ProgressBar } from "react-aria-components/ProgressBar";

/** A progress bar from 0 to `max`. */
export function Progress({
  label,
  value,
  max,
  text,
}: {
  label: string;
  value: number;
  max: number;
  text?: string;
}) {
  return (
    <ProgressBar
      aria-label={label}
      value={value}
      maxValue={Math.max(max, 1)}
      {...(text ? { valueLabel: text } : {})}
      className="flex flex-col gap-1.5"
    >
      {({ percentage = 0 }) => (
        <>
          <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-pressed">
            <span
              className="block h-full rounded-full bg-accent transition-[width]"
              style={{ width: `${percentage}%` }}
            />
          </span>
          {text && <span className="text-muted text-sm tabular-nums">{text}</span>}
        </>
      )}
    </ProgressBar>
  );
}
