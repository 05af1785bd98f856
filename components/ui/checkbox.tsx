"use client";

import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox as AriaCheckbox, type CheckboxProps } from "react-aria-components/Checkbox";
import { classes } from "./classes";

/** A checkbox. Without a text, as in a table, it needs an `aria-label` or the table's slot. */
export function Checkbox({
  children,
  className,
  ...props
}: Omit<CheckboxProps, "className" | "children"> & { children?: ReactNode; className?: string }) {
  return (
    <AriaCheckbox
      {...props}
      className={classes(
        "group inline-flex min-h-6 items-center gap-2.5",
        children !== undefined && "max-sm:min-h-11",
        className,
      )}
    >
      {({ isIndeterminate }) => (
        <>
          <span
            aria-hidden="true"
            className={classes(
              "flex size-4 shrink-0 items-center justify-center rounded border border-line-strong bg-surface text-on-accent transition-colors",
              "group-data-indeterminate:border-accent group-data-indeterminate:bg-accent group-data-selected:border-accent group-data-selected:bg-accent",
              "group-data-disabled:opacity-50 group-data-invalid:border-danger",
              "group-data-focus-visible:outline-2 group-data-focus-visible:outline-accent group-data-focus-visible:outline-offset-2",
            )}
          >
            {isIndeterminate ? (
              <Minus className="size-3" strokeWidth={3} />
            ) : (
              <Check className="invisible size-3 group-data-selected:visible" strokeWidth={3} />
            )}
          </span>
          {children && <span className="min-w-0 group-data-disabled:text-muted">{children}</span>}
        </>
      )}
    </AriaCheckbox>
  );
}
