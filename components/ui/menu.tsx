"use client";

import { Check } from "lucide-react";
import type { ReactNode } from "react";
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
import { popoverClasses } from "./popover";

/** The look of an item in menus and lists to choose from. */
export const itemClasses = classes(
  "group flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 outline-none max-sm:min-h-10",
  "data-focused:bg-hover data-disabled:opacity-50",
);

/** A menu that opens below its trigger; put both into a `MenuTrigger`. */
export function Menu<T extends object>({
  placement = "bottom start",
  maxHeight,
  className,
  ...props
}: Omit<MenuProps<T>, "className"> & {
  placement?: NonNullable<PopoverProps["placement"]>;
  /** In pixels; else it is as high as there is room. */
  maxHeight?: number;
  className?: string;
}) {
  return (
    <Popover
      placement={placement}
      offset={4}
      className={classes(popoverClasses, "flex min-w-48 flex-col", className)}
    >
      {/* Bounded here: a popover with a height of its own is not measured anew, and never opens upwards. */}
      <AriaMenu
        {...props}
        {...(maxHeight === undefined ? {} : { style: { maxHeight } })}
        className="min-h-0 overflow-auto p-1 outline-none"
      />
    </Popover>
  );
}

/** One thing to do or to choose. A chosen one bears a tick. */
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
  /** A word at the end of the line. */
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

/** Items under a heading. */
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

/** A line between groups of items. */
export function MenuSeparator() {
  return <Separator className="-mx-1 my-1 border-line border-t" />;
}
