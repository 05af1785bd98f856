import { classes } from "./classes";

/**
 * A placeholder during the first load. Give it the size of the content, so that the layout does not shift.
 */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      data-skeleton=""
      className={classes("block animate-pulse [:where(&)]:rounded-md bg-sunken", className)}
    />
  );
}
