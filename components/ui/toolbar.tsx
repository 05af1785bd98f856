"use client";

import type { ReactNode } from "react";
import { Toolbar as AriaToolbar } from "react-aria-components/Toolbar";
import { classes } from "./classes";

/** Buttons that belong together: one stop of the Tab key, arrow keys among them. */
export function Toolbar({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <AriaToolbar
      aria-label={label}
      className={classes("flex min-w-0 flex-wrap items-center gap-1", className)}
    >
      {children}
    </AriaToolbar>
  );
}
