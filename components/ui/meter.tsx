"use client";

import { Meter as AriaMeter, type MeterProps } from "react-aria-components/Meter";
import { classes } from "./classes";

/** A usage bar with its value as text. */
export function Meter({
  label,
  text,
  isFull = false,
  isNarrow = false,
  className,
  ...props
}: Omit<MeterProps, "className" | "children"> & {
  /** Accessible name. */
  label: string;
  /** The value in words, next to the bar. */
  text: string;
  /** Whether a part is full although the total is not. */
  isFull?: boolean;
  /** Whether to shorten the bar because there is other content next to it. */
  isNarrow?: boolean;
  className?: string;
}) {
  return (
    <AriaMeter
      {...props}
      aria-label={label}
      valueLabel={text}
      className={classes("flex items-center gap-2", className)}
    >
      {({ percentage }) => (
        <>
          <span
            aria-hidden="true"
            className={classes(
              "h-1.5 shrink-0 overflow-hidden rounded-full bg-pressed",
              isNarrow ? "w-6" : "w-16",
            )}
          >
            <span
              className={classes(
                "block h-full rounded-full",
                percentage >= 100 || isFull ? "bg-danger" : percentage >= 75 ? "bg-away" : "bg-accent",
              )}
              style={{ width: `${percentage}%` }}
            />
          </span>
          <span className="text-muted text-sm tabular-nums">{text}</span>
        </>
      )}
    </AriaMeter>
  );
}
