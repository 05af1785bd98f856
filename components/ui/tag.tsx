import type { ReactNode } from "react";
import { classes } from "./classes";

const looks = {
  plain: "bg-sunken text-ink",
  accent: "bg-accent-soft text-accent-strong",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  success: "bg-success-soft text-success",
};

/** A static label, such as a team or a role. For an editable set, use `TagList`. */
export function Tag({ look = "plain", children }: { look?: keyof typeof looks; children: ReactNode }) {
  return (
    <span
      title={typeof children === "string" ? children : undefined}
      className={classes(
        "inline-flex h-5 max-w-60 items-center gap-1 rounded px-1.5 font-medium text-xs",
        looks[look],
      )}
    >
      <span dir="auto" className="truncate">
        {children}
      </span>
    </span>
  );
}
