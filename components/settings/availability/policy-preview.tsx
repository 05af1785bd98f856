"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { classes } from "@/components/ui/classes";
import { policyPreviewQuery } from "@/lib/availability/effective/client/queries";
import type { AvailabilityPolicyChange } from "@/lib/availability/effective/contract";
import { channels } from "@/lib/availability/effective/values";
import { isSame } from "@/lib/platform/sameness";

/** Debounce delay of the preview in milliseconds. */
const pause = 400;

/** Shows how many agents could take each channel after the change. */
export function PolicyPreview({ change }: { change: AvailabilityPolicyChange }) {
  const t = useTranslations("settings.policy");
  const { workspace } = useWorkspace();
  const settled = useSettled(change);
  const { data, isError, isPlaceholderData } = useQuery(policyPreviewQuery(workspace.id, settled));
  const isOld = isPlaceholderData || !isSame(settled, change);
  return (
    // The height is reserved, so that the layout does not shift when the counts arrive.
    <div role="status" className={classes("mb-2 min-h-5 text-sm max-sm:min-h-15", isOld && "text-muted")}>
      {isError ? (
        t("preview.failed")
      ) : data ? (
        <ul aria-label={t("preview.title")} className="flex flex-wrap gap-x-4 max-sm:flex-col">
          {channels.map((channel) => {
            const { before, after } = data.channels[channel];
            const kind = after === before ? "same" : after > before ? "more" : "fewer";
            const count = Math.abs(after - before);
            return (
              <li key={channel} className={classes("tabular-nums", kind === "same" && "text-muted")}>
                {t(`preview.${kind}`, { channel: t(`channels.${channel}`), count, before, after })}
              </li>
            );
          })}
        </ul>
      ) : (
        t("preview.pending")
      )}
    </div>
  );
}

/** Returns the change, debounced. */
function useSettled(change: AvailabilityPolicyChange): AvailabilityPolicyChange {
  const [settled, setSettled] = useState(change);
  useEffect(() => {
    if (isSame(settled, change)) return;
    const timer = setTimeout(() => setSettled(change), pause);
    return () => clearTimeout(timer);
  }, [settled, change]);
  return settled;
}
