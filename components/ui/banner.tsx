"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { classes } from "./classes";
import { IconButton } from "./icon-button";

const looks = {
  info: "border-line bg-sunken text-ink",
  warning: "border-warning/30 bg-warning-soft text-warning",
  danger: "border-danger/30 bg-danger-soft text-danger",
  success: "border-success/30 bg-success-soft text-success",
};

/**
 * A full-width message about the whole page, such as being offline. For a message inside the page, use
 * `Callout`.
 */
export function Banner({
  look = "info",
  icon,
  action,
  onDismiss,
  role = "status",
  children,
}: {
  look?: keyof typeof looks;
  icon?: ReactNode;
  action?: ReactNode;
  onDismiss?: () => void;
  role?: "status" | "alert";
  children: ReactNode;
}) {
  const t = useTranslations("ui");
  return (
    <div
      role={role}
      className={classes(
        "flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5 sm:px-6",
        looks[look],
      )}
    >
      <div className="flex min-w-0 flex-1 basis-56 items-start gap-2.5">
        {icon && (
          <span aria-hidden="true" className="mt-0.5 shrink-0">
            {icon}
          </span>
        )}
        <div className="min-w-0 flex-1">{children}</div>
      </div>
      {(action || onDismiss) && (
        <div className="flex items-center gap-2 max-sm:w-full max-sm:justify-end">
          {action}
          {onDismiss && (
            <IconButton label={t("dismiss")} size="small" onPress={onDismiss}>
              <X aria-hidden="true" className="size-4" />
            </IconButton>
          )}
        </div>
      )}
    </div>
  );
}
