"use client";

import type { ReactNode } from "react";
import { Toolbar as AriaToolbar } from "react-aria-components/Toolbar";
import { classes } from "./classes";

/** A group of buttons with a single tab stop; arrow keys move between them. */
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
