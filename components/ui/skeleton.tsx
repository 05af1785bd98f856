import { classes } from "./classes";

/**
 * A placeholder during the first load. Give it the size of the content, so that the layout does not shift. Many of them
 * pulse as one in an element with `animate-pulse`: each animation of its own costs a compositing layer.
 */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      data-skeleton=""
      className={classes(
        "block animate-pulse in-[.animate-pulse]:animate-none [:where(&)]:rounded-md bg-sunken",
        className,
      )}
    />
  );
}
