import { classes } from "./classes";

/** Holds the place of what loads for the first time. Give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      data-skeleton=""
      className={classes("block animate-pulse [:where(&)]:rounded-md bg-sunken", className)}
    />
  );
}
