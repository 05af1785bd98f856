"use client";

import type { ReactNode } from "react";
import { Switch as AriaSwitch, type SwitchProps } from "react-aria-components/Switch";
import { classes } from "./classes";

/** A switch that applies immediately. */
export function Switch({
  children,
  hideLabel = false,
  className,
  ...props
}: Omit<SwitchProps, "className" | "children"> & {
  children: ReactNode;
  hideLabel?: boolean;
  className?: string;
}) {
  return (
    <AriaSwitch
      {...props}
      className={classes("group inline-flex min-h-6 items-center gap-2.5 max-sm:min-h-11", className)}
    >
      <span
        aria-hidden="true"
        className={classes(
          "flex h-5 w-8.5 shrink-0 items-center rounded-full border border-line-strong/60 bg-sunken p-0.5 transition-colors",
          "group-data-selected:border-accent group-data-selected:bg-accent group-data-disabled:opacity-50",
          "group-data-focus-visible:outline-2 group-data-focus-visible:outline-accent group-data-focus-visible:outline-offset-2",
        )}
      >
        <span
          className={classes(
            "size-3.5 rounded-full bg-line-strong transition-transform group-data-selected:bg-on-accent",
            "group-data-selected:translate-x-3.5 rtl:group-data-selected:-translate-x-3.5",
          )}
        />
      </span>
      <span className={hideLabel ? "sr-only" : "text-ink group-data-disabled:text-muted"}>{children}</span>
    </AriaSwitch>
  );
}
