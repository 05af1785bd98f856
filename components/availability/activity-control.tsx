"use client";

import { ChevronDown } from "lucide-react";
import { Suspense, useState } from "react";
import { Button } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useTranslations } from "use-intl";
import { classes } from "@/components/ui/classes";
import { lazyPart } from "@/components/ui/lazy-part";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import type { Availability, AvailabilityChange } from "@/lib/availability/declared/contract";
import { ActivityLabel } from "./activity-label";

const ActivityForm = lazyPart(async () => (await import("./activity-form")).ActivityForm);

/** Shows an agent's activity on a button that opens a form for activity, note and duration. */
export function ActivityControl({
  availability,
  readAt,
  agentName,
  onChange,
  withText = true,
  className,
}: {
  availability: Availability;
  /** When `availability` was fetched, in epoch milliseconds. */
  readAt: number;
  agentName: string;
  onChange: (change: AvailabilityChange) => void;
  /** Whether to show the note where there is room. */
  withText?: boolean;
  className?: string;
}) {
  const t = useTranslations("availability");
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        aria-label={t("activityOf", {
          name: agentName,
          activity:
            availability.status === "offline" && availability.activity === "available"
              ? t("noActivity")
              : t(`activity.${availability.activity}`),
        })}
        className={classes(
          "group inline-flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 transition-colors data-hovered:bg-hover data-pressed:bg-pressed max-sm:h-11",
          "data-focus-visible:outline-2 data-focus-visible:outline-accent",
          className,
        )}
      >
        <ActivityLabel availability={availability} readAt={readAt} withText={withText} />
        <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
      </Button>
      <Popover label={t("setActivity")} placement="bottom start" className="w-72">
        <Suspense fallback={<Skeleton className="m-3 h-80" />}>
          <ActivityForm
            availability={availability}
            readAt={readAt}
            onSubmit={(change) => {
              setOpen(false);
              onChange(change);
            }}
          />
        </Suspense>
      </Popover>
    </DialogTrigger>
  );
}
