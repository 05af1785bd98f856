import type { ReactNode } from "react";
import { classes } from "./classes";

const looks = {
  info: "bg-sunken text-ink",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  success: "bg-success-soft text-success",
};

/** A message inside the page. For the whole page, use `Banner`. */
export function Callout({
  look = "info",
  icon,
  action,
  role,
  children,
}: {
  look?: keyof typeof looks;
  icon?: ReactNode;
  action?: ReactNode;
  role?: "alert" | "status";
  children: ReactNode;
}) {
  return (
    <div role={role} className={classes("flex items-start gap-2.5 rounded-lg px-3 py-2.5", looks[look])}>
      {icon && (
        <span aria-hidden="true" className="mt-0.5 shrink-0">
          {icon}
        </span>
      )}
      <div className="min-w-0 flex-1">{children}</div>
      {action && <div className="-my-1 shrink-0">{action}</div>}
    </div>
  );
}
