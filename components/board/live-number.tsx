"use client";

import { useState } from "react";
import { useFormatter } from "@/components/shell/time";
import { classes } from "@/components/ui/classes";

/** A number with tabular figures whose background fades for a moment after it has changed. */
export function LiveNumber({ value, className }: { value: number; className?: string }) {
  const format = useFormatter();
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 });
  return (
    <span
      // A new element restarts the animation.
      key={seen.changes}
      className={classes("rounded tabular-nums", seen.changes > 0 && "animate-changed", className)}
    >
      {format.number(value)}
    </span>
  );
}
