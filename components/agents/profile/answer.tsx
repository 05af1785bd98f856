"use client";

import { CalendarClock, CircleCheck, CircleDashed, CircleSlash } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { openChannels, useReasonWords } from "@/components/availability/reason-words";
import { classes } from "@/components/ui/classes";
import { channels } from "@/lib/availability/effective/channels";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import { ReasonAction } from "./reason-action";

const looks = {
  all: { icon: CircleCheck, colour: "text-success" },
  some: { icon: CircleDashed, colour: "text-warning" },
  none: { icon: CircleSlash, colour: "text-danger" },
} as const;

/** What an agent can take, each reason against it, and what changes next. */
export function Answer({
  explanation,
  isNow = false,
}: {
  explanation: AvailabilityExplanation;
  /** Whether it is about the present, so that something can be done about each reason. */
  isNow?: boolean;
}) {
  const t = useTranslations("availability.answer");
  const words = useReasonWords(explanation);
  const sentence = useRef<HTMLParagraphElement>(null);
  const open = openChannels(explanation).length;
  const { icon: Icon, colour } = looks[open === 0 ? "none" : open < channels.length ? "some" : "all"];
  const { deciders } = explanation;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start gap-2">
        <Icon aria-hidden="true" className={classes("mt-0.5 size-4 shrink-0", colour)} />
        <p
          ref={sentence}
          tabIndex={-1}
          className={classes("min-w-0 flex-1 break-words font-medium outline-none", colour)}
        >
          {words.verdict(explanation)}
        </p>
      </div>
      {deciders.length > 0 && (
        <ul aria-label={t("reasons")} className="flex flex-col gap-1 ps-6">
          {deciders.map((reason) => (
            <li
              key={`${reason.code} ${reason.channels.join()}`}
              className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1"
            >
              <span className="min-w-0 break-words tabular-nums">{words.reason(reason)}</span>
              {isNow && <ReasonAction reason={reason} onDone={() => sentence.current?.focus()} />}
            </li>
          ))}
        </ul>
      )}
      <p className="flex items-start gap-2 text-muted tabular-nums">
        <CalendarClock aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">{words.next(explanation)}</span>
      </p>
    </div>
  );
}
