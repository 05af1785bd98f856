"use client";

import type { ReactNode } from "react";
import {
  Tab as AriaTab,
  TabList as AriaTabList,
  TabPanel as AriaTabPanel,
  Tabs as AriaTabs,
  type TabsProps as AriaTabsProps,
  type TabPanelProps,
  type TabProps,
} from "react-aria-components/Tabs";
import { classes } from "./classes";

export function Tabs({ className, ...props }: Omit<AriaTabsProps, "className"> & { className?: string }) {
  return <AriaTabs {...props} className={classes("flex min-w-0 flex-col", className)} />;
}

/** The row of tabs; scrolls horizontally if it is too wide. */
export function TabList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <AriaTabList
      aria-label={label}
      className="flex gap-1 overflow-x-auto border-line border-b [scrollbar-width:none]"
    >
      {children}
    </AriaTabList>
  );
}

export function Tab({
  children,
  ...props
}: Omit<TabProps, "className" | "children"> & { children: ReactNode }) {
  return (
    <AriaTab
      {...props}
      className={classes(
        "relative flex h-9 cursor-default items-center gap-1.5 whitespace-nowrap rounded-t-md px-2.5 font-medium text-muted outline-none transition-colors max-sm:h-11",
        "data-hovered:text-ink data-selected:text-ink",
        "after:absolute after:inset-x-2 after:-bottom-px after:h-0.5 after:rounded-full data-selected:after:bg-accent",
        "data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:-outline-offset-2",
      )}
    >
      {children}
    </AriaTab>
  );
}

export function TabPanel({ className, ...props }: Omit<TabPanelProps, "className"> & { className?: string }) {
  return <AriaTabPanel {...props} className={classes("outline-none", className)} />;
}
