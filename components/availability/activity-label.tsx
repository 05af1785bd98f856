"use client";

import { useTranslations } from "use-intl";
import { useNow } from "@/components/shell/time";
import { classes } from "@/components/ui/classes";
import type { Availability } from "@/lib/availability/declared/contract";
import { activityNow } from "@/lib/availability/declared/rules";
import { useDurationText } from "./duration-text";

/**
 * Shows an agent's activity and the remaining time, updated live. `readAt` is the time of the response in
 * epoch milliseconds.
 */
export function ActivityLabel({
  availability,
  readAt,
  withText = true,
  isShort = false,
}: {
  availability: Availability;
  readAt: number;
  /** Whether to show the note. */
  withText?: boolean;
  /** Whether to omit words such as "until". */
  isShort?: boolean;
}) {
  const t = useTranslations("availability");
  const duration = useDurationText();
  const hasEnd = availability.activityTtl !== undefined;
  const now = useNow(hasEnd ? { updateInterval: 1000 } : {});
  const current = activityNow(availability, readAt, now.getTime());
  // Not "Available": an offline agent receives no conversations.
  if (availability.status === "offline" && current.activity === "available")
    return <span className="truncate text-muted">{t("noActivity")}</span>;
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1.5">
      <span className="truncate">{t(`activity.${current.activity}`)}</span>
      {/* The note shrinks before the name. With a smaller flex-shrink, Firefox shortens the name too. A phone has
          no room for it, and the profile's line of reasons repeats it there. */}
      {withText && current.text && (
        <span
          title={current.text}
          className={classes(
            "shrink-[99999] truncate text-muted",
            current.activity !== "available" && "max-sm:hidden",
          )}
        >
          {current.text}
        </span>
      )}
      {current.secondsLeft !== undefined && (
        <span className="shrink-0 whitespace-nowrap text-muted text-sm tabular-nums">
          {isShort ? duration(current.secondsLeft) : t("left", { duration: duration(current.secondsLeft) })}
        </span>
      )}
    </span>
  );
}
