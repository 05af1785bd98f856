"use client";

import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { touchRoom } from "./button-classes";
import { classes } from "./classes";
import { Tooltip, type TooltipPlacement } from "./tooltip";

const sizes = { small: `size-7 max-sm:size-9 ${touchRoom}`, medium: "size-8 max-sm:size-11" };

export interface IconButtonProps extends Omit<AriaButtonProps, "className" | "children" | "aria-label"> {
  /** Accessible name and tooltip. */
  label: string;
  /** Equivalent keyboard shortcut, shown in the tooltip. */
  keys?: string;
  size?: keyof typeof sizes;
  placement?: TooltipPlacement;
  className?: string;
  children: ReactNode;
}

export function IconButton({
  label,
  keys,
  size = "medium",
  placement,
  className,
  children,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys ? { keys } : {})} {...(placement ? { placement } : {})}>
      <AriaButton
        {...props}
        aria-label={label}
        className={classes(
          "inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors",
          "data-disabled:opacity-50 data-hovered:bg-hover data-pressed:bg-pressed data-hovered:text-ink",
          "data-focus-visible:outline-2 data-focus-visible:outline-accent",
          sizes[size],
          className,
        )}
      >
        {children}
      </AriaButton>
    </Tooltip>
  );
}
