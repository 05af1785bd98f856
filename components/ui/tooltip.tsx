"use client";

import type { ReactNode } from "react";
import { Tooltip as AriaTooltip, type TooltipProps, TooltipTrigger } from "react-aria-components/Tooltip";
import { Keys } from "./keys";

export type TooltipPlacement = NonNullable<TooltipProps["placement"]>;

/** Shows a tooltip while its only child is hovered or has keyboard focus. The child must be focusable. */
export function Tooltip({
  text,
  keys,
  placement = "bottom",
  delay = 400,
  children,
}: {
  text: ReactNode;
  keys?: string;
  placement?: TooltipPlacement;
  delay?: number;
  children: ReactNode;
}) {
  return (
    <TooltipTrigger delay={delay} closeDelay={80}>
      {children}
      <AriaTooltip
        offset={6}
        placement={placement}
        className="max-w-72 rounded-md bg-ink px-2 py-1 text-canvas text-xs shadow-raised data-entering:animate-appear"
      >
        {text}
        {keys && (
          <>
            {" "}
            <Keys keys={keys} onDark />
          </>
        )}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
