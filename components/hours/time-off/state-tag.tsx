"use client";

import { Ban, Check, CircleSlash, Clock } from "lucide-react";
import { useTranslations } from "use-intl";
import { Tag } from "@/components/ui/tag";
import type { TimeOff } from "@/lib/hours/time-off/contract";

const looks = { requested: "warning", approved: "success", declined: "danger", cancelled: "plain" } as const;
const icons = { requested: Clock, approved: Check, declined: Ban, cancelled: CircleSlash } as const;

/** The state of time off: an icon, a color and a word. */
export function StateTag({ state }: { state: TimeOff["state"] }) {
  const t = useTranslations("calendar.timeOff.states");
  const Icon = icons[state];
  return (
    <Tag look={looks[state]}>
      <span className="inline-flex items-center gap-1">
        <Icon aria-hidden="true" className="size-3" />
        {t(state)}
      </span>
    </Tag>
  );
}
