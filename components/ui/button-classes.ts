import { classes } from "./classes";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "small" | "medium";

const looks: Record<ButtonLook, string> = {
  primary: "bg-accent text-on-accent data-hovered:bg-accent-strong data-pressed:bg-accent-strong",
  secondary: "border border-line bg-surface text-ink data-hovered:bg-hover data-pressed:bg-pressed",
  quiet: "text-ink data-hovered:bg-hover data-pressed:bg-pressed",
  danger: "bg-danger text-on-danger data-hovered:brightness-110 data-pressed:brightness-95",
};

/** Extends a part that is 36 px high on a phone to a touch target of 44 px. */
export const touchRoom = "max-sm:relative max-sm:after:absolute max-sm:after:-inset-1";

const sizes: Record<ButtonSize, string> = {
  small: `h-7 gap-1.5 px-2.5 text-sm max-sm:h-9 ${touchRoom}`,
  medium: "h-8 gap-2 px-3 max-sm:h-11",
};

/** Returns the classes of a button, for links that look like one. */
export function buttonClasses(look: ButtonLook = "secondary", size: ButtonSize = "medium"): string {
  return classes(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors",
    "disabled:opacity-50 data-disabled:opacity-50 data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:outline-offset-2",
    looks[look],
    sizes[size],
  );
}
