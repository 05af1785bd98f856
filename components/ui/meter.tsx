"use client";

import { Meter as AriaMeter, type MeterProps } from "react-aria-components/Meter";
import { classes } from "./classes";

/** How much of something is used up, as a bar. The words beside it say the same. */
export function Meter({
  label,
  text,
  className,
  ...props
}: Omit<MeterProps, "className" | "children"> & {
  /** What is measured; read out. */
  label: string;
  /** The value in words, shown beside the bar. */
  text: string;
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
          <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-pressed">
            <span
              className={classes(
                "block h-full rounded-full",
                percentage >= 100 ? "bg-danger" : percentage >= 75 ? "bg-away" : "bg-accent",
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
