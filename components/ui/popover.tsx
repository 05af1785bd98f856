"use client";

import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from "react-aria-components/Popover";
import { classes } from "./classes";

export const popoverClasses =
  "rounded-lg border border-line bg-raised shadow-raised outline-none data-entering:animate-appear data-exiting:opacity-0";

export interface PopoverProps extends Omit<AriaPopoverProps, "className" | "children"> {
  /** Accessible name of the dialog. */
  label: string;
  className?: string;
  children: ReactNode | ((close: () => void) => ReactNode);
}

/** A small dialog next to its trigger. Wrap both in a `DialogTrigger`. */
export function Popover({ label, className, children, ...props }: PopoverProps) {
  return (
    <AriaPopover
      offset={4}
      {...props}
      className={classes(popoverClasses, "max-w-[calc(100vw-1rem)]", className)}
    >
      <AriaDialog aria-label={label} className="max-h-[inherit] overflow-auto outline-none">
        {({ close }) => <>{typeof children === "function" ? children(close) : children}</>}
      </AriaDialog>
    </AriaPopover>
  );
}
