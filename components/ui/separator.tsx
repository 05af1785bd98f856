import { classes } from "./classes";

/** A decorative line, hidden from screen readers. */
export function Separator({ vertical = false, className }: { vertical?: boolean; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        "block shrink-0 bg-line",
        vertical ? "mx-1 h-5 w-px self-center" : "my-2 h-px w-full",
        className,
      )}
    />
  );
}
