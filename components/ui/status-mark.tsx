import { classes } from "./classes";

export type Mark = "full" | "half" | "ring";

const colours: Record<Mark, string> = { full: "text-active", half: "text-away", ring: "text-offline" };

/**
 * A filled dot, half dot or ring, so that the status is not conveyed by color alone. Its label is next to it.
 */
export function StatusMark({ mark, className }: { mark: Mark; className?: string }) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className={classes("size-3 shrink-0", colours[mark], className)}
    >
      <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="2" />
      {mark === "full" && <circle cx="6" cy="6" r="5" fill="currentColor" />}
      {mark === "half" && <path d="M6 1.5a4.5 4.5 0 0 0 0 9z" fill="currentColor" />}
    </svg>
  );
}
