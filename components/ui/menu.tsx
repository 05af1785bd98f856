"use client";

import { Check } from "lucide-react";
import type { KeyboardEvent as ReactKeyboardEvent, ReactNode } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps as AriaMenuItemProps,
  MenuSection as AriaMenuSection,
  Header,
  type MenuProps,
  Popover,
  type PopoverProps,
  Separator,
} from "react-aria-components/Menu";
import { classes } from "./classes";
import { Keys } from "./keys";
import { isMirrored } from "./mirrored";
import { popoverClasses } from "./popover";

export const itemClasses = classes(
  "group flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 outline-none max-sm:min-h-11",
  "data-focused:bg-hover data-disabled:opacity-50",
);

/** A menu below its trigger. Wrap both in a `MenuTrigger`. */
export function Menu<T extends object>({
  placement = "bottom start",
  maxHeight,
  className,
  ...props
}: Omit<MenuProps<T>, "className"> & {
  placement?: NonNullable<PopoverProps["placement"]>;
  /** Maximum height in pixels; otherwise limited by the window. */
  maxHeight?: number;
  className?: string;
}) {
  return (
    <Popover
      placement={placement}
      offset={4}
      className={classes(popoverClasses, "flex min-w-48 max-w-[calc(100vw-1.5rem)] flex-col", className)}
    >
      <div className="flex min-h-0 flex-col" onKeyDownCapture={moveAlongRow}>
        {/* Limited here, because React Aria does not measure a popover with its own height again, so it
            never flips upwards. */}
        <AriaMenu
          {...props}
          {...(maxHeight === undefined ? {} : { style: { maxHeight } })}
          className="min-h-0 overflow-auto p-1 outline-none"
        />
      </div>
    </Popover>
  );
}

/** A menu action or option; a selected option has a check mark. */
export function MenuItem({
  icon,
  keys,
  danger = false,
  hint,
  children,
  ...props
}: Omit<AriaMenuItemProps, "className" | "children"> & {
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  /** Short text at the end of the line. */
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <AriaMenuItem
      {...props}
      {...(typeof children === "string" && !props.textValue ? { textValue: children } : {})}
      className={classes(itemClasses, danger && "text-danger")}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {icon && (
            <span aria-hidden="true" className="flex size-4 shrink-0 items-center justify-center text-muted">
              {icon}
            </span>
          )}
          <span className="min-w-0 flex-1 truncate">{children}</span>
          {hint && <span className="text-muted text-sm">{hint}</span>}
          {keys && <Keys keys={keys} />}
          {selectionMode !== "none" && (
            <Check aria-hidden="true" className={classes("size-4 shrink-0", !isSelected && "invisible")} />
          )}
        </>
      )}
    </AriaMenuItem>
  );
}

export function MenuSection({
  title,
  children,
  ...props
}: { title: string; children: ReactNode } & Pick<
  React.ComponentProps<typeof AriaMenuSection>,
  "selectionMode" | "selectedKeys" | "onSelectionChange" | "disallowEmptySelection"
>) {
  return (
    <AriaMenuSection {...props}>
      <Header className="px-2 pt-2 pb-1 font-medium text-muted text-xs">{title}</Header>
      {children}
    </AriaMenuSection>
  );
}

/** A row of small buttons for the most common actions. Holds `MenuChip`s and goes first in the menu. */
export function MenuChips({ label, children }: { label: string; children: ReactNode }) {
  return (
    <AriaMenuSection aria-label={label} className="flex flex-wrap gap-1.5 p-1 sm:flex-nowrap">
      {children}
    </AriaMenuSection>
  );
}

export function MenuChip({
  icon,
  children,
  ...props
}: Omit<AriaMenuItemProps, "className" | "children"> & { icon: ReactNode; children: string }) {
  return (
    <AriaMenuItem
      {...props}
      data-chip=""
      textValue={children}
      className={classes(
        "flex h-8 shrink-0 grow cursor-default select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-surface px-2.5 text-sm outline-none max-sm:h-11 max-sm:gap-1 max-sm:px-2",
        "data-focused:border-accent data-focused:bg-accent-soft data-pressed:bg-pressed data-disabled:opacity-50",
      )}
    >
      <span aria-hidden="true" className="flex shrink-0 text-muted">
        {icon}
      </span>
      {children}
    </AriaMenuItem>
  );
}

const alongRow: Record<string, readonly [leftToRight: string, rightToLeft: string]> = {
  ArrowLeft: ["ArrowUp", "ArrowDown"],
  ArrowRight: ["ArrowDown", "ArrowUp"],
};

/**
 * Maps the left and right arrow keys to up and down among the chips, because menus support only vertical
 * arrows.
 */
function moveAlongRow(event: ReactKeyboardEvent<HTMLElement>) {
  const { target } = event;
  const arrows = alongRow[event.key];
  if (!arrows || !(target instanceof HTMLElement) || target.dataset.chip === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const key = arrows[isMirrored(target) ? 1 : 0];
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

export function MenuSeparator() {
  return <Separator className="-mx-1 my-1 border-line border-t" />;
}
