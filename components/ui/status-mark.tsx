import { classes } from "./classes";

export type Mark = "full" | "half" | "ring";

const colours: Record<Mark, string> = { full: "text-active", half: "text-away", ring: "text-offline" };

/** A filled dot, a half dot, a ring: a state that is told apart by shape as well as by colour. Its word stands beside it. */
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
