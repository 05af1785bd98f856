"use client";

import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import {
  Disclosure as AriaDisclosure,
  type DisclosureProps as AriaDisclosureProps,
  Button,
  DisclosurePanel,
  Heading,
} from "react-aria-components/Disclosure";
import { classes } from "./classes";

export function Disclosure({
  title,
  hint,
  level = 3,
  className,
  children,
  ...props
}: Omit<AriaDisclosureProps, "className" | "children"> & {
  title: ReactNode;
  /** Short text at the end of the heading, such as a count. */
  hint?: ReactNode;
  /** Heading level. */
  level?: 2 | 3 | 4 | 5;
  className?: string;
  children: ReactNode;
}) {
  return (
    <AriaDisclosure {...props} className={classes("group/disclosure min-w-0", className)}>
      <Heading level={level}>
        <Button
          slot="trigger"
          className={classes(
            "flex min-h-8 w-full items-center gap-2 rounded-md px-1.5 text-start font-medium transition-colors max-sm:min-h-11",
            "data-hovered:bg-hover data-disabled:opacity-50 data-focus-visible:outline-2 data-focus-visible:outline-accent",
          )}
        >
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-muted transition-transform rtl:-scale-x-100 group-data-expanded/disclosure:rotate-90 rtl:group-data-expanded/disclosure:-rotate-90"
          />
          <span className="min-w-0 flex-1">{title}</span>
          {hint && <span className="font-normal text-muted text-sm">{hint}</span>}
        </Button>
      </Heading>
      <DisclosurePanel className="ps-7.5 pe-1.5">
        <div className="py-2">{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  );
}
