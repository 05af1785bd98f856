"use client";

import { useTranslations } from "use-intl";
import { useNow } from "@/components/shell/time";
import type { Availability } from "@/lib/availability/declared/contract";
import { activityNow } from "@/lib/availability/declared/rules";
import { useDurationText } from "./duration-text";

/** What somebody is doing and for how long still; `readAt` is when the answer came (epoch milliseconds). Live. */
export function ActivityLabel({
  availability,
  readAt,
  withText = true,
  isShort = false,
}: {
  availability: Availability;
  readAt: number;
  /** Whether the text beside the activity is shown, too. */
  withText?: boolean;
  /** How long it still holds is said by the length alone. */
  isShort?: boolean;
}) {
  const t = useTranslations("availability");
  const duration = useDurationText();
  const hasEnd = availability.activityTtl !== undefined;
  const now = useNow(hasEnd ? { updateInterval: 1000 } : {});
  const current = activityNow(availability, readAt, now.getTime());
  // "Available" would be misread: somebody who is offline takes no work.
  if (availability.status === "offline" && current.activity === "available")
    return <span className="truncate text-muted">{t("noActivity")}</span>;
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1.5">
      <span className="truncate">{t(`activity.${current.activity}`)}</span>
      {/* The words give way before the name does: of a smaller share Firefox gives the name enough to cut it. */}
      {withText && current.text && <span className="shrink-[99999] truncate text-muted">{current.text}</span>}
      {current.secondsLeft !== undefined && (
        <span className="shrink-0 whitespace-nowrap text-muted text-sm tabular-nums">
          {isShort ? duration(current.secondsLeft) : t("left", { duration: duration(current.secondsLeft) })}
        </span>
      )}
    </span>
  );
}
