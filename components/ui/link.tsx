"use client";

import type { ReactNode } from "react";
import { Link as AriaLink, type LinkProps as AriaLinkProps } from "react-aria-components/Link";
import { classes } from "./classes";

/** A text link. For a link that looks like a button, use `buttonClasses`. */
export function Link({
  look = "accent",
  className,
  children,
  ...props
}: Omit<AriaLinkProps, "className" | "children"> & {
  /** `plain` is for places where everything is a link, such as the names in a table. */
  look?: "accent" | "plain";
  className?: string;
  children: ReactNode;
}) {
  return (
    <AriaLink
      {...props}
      className={classes(
        "rounded-sm underline-offset-2 transition-colors data-hovered:underline data-disabled:opacity-50",
        "data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:outline-offset-2",
        look === "accent" && "text-accent underline decoration-accent/40 data-hovered:decoration-current",
        className,
      )}
    >
      {children}
    </AriaLink>
  );
}
