"use client";

import { CalendarClock, ChevronDown, CircleCheck, CircleDashed, CircleSlash } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useTranslations } from "use-intl";
import { openChannels, type Reason, useReasonWords } from "@/components/availability/reason-words";
import { classes } from "@/components/ui/classes";
import { channels } from "@/lib/availability/effective/channels";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";

const looks = {
  all: { icon: CircleCheck, colour: "text-success" },
  some: { icon: CircleDashed, colour: "text-warning" },
  none: { icon: CircleSlash, colour: "text-danger" },
} as const;

/** Shows which channels an agent can take, why others are closed, and the next change. */
export function Answer({
  explanation,
  isNow = false,
  action,
}: {
  explanation: AvailabilityExplanation;
  /** Whether the shown time is now. */
  isNow?: boolean;
  /** Renders an action for a reason. Call `onDone` if the action removes the reason, to keep the focus. */
  action?: (reason: Reason, onDone: () => void) => ReactNode;
}) {
  const t = useTranslations("availability.answer");
  const words = useReasonWords(explanation);
  const sentence = useRef<HTMLParagraphElement>(null);
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  const open = openChannels(explanation).length;
  const { icon: Icon, colour } = looks[open === 0 ? "none" : open < channels.length ? "some" : "all"];
  const { deciders } = explanation;
  return (
    <div className="flex flex-col gap-1">
      {/* On phones, the reasons are collapsed and their lines reserved, so that a new reason does not shift the layout. */}
      <div className={classes("flex items-start gap-2", isNow && "max-sm:min-h-10")}>
        <Icon aria-hidden="true" className={classes("mt-0.5 size-4 shrink-0", colour)} />
        <p
          ref={sentence}
          tabIndex={-1}
          className={classes("min-w-0 flex-1 break-words font-medium outline-none", colour)}
        >
          {words.verdict(explanation)}
        </p>
        {isNow && deciders.length > 0 && (
          <Button
            aria-expanded={isOpen}
            aria-controls={list}
            onPress={() => setOpen(!isOpen)}
            className="-my-3 inline-flex h-11 shrink-0 items-center gap-1 rounded-md px-2 text-muted data-focus-visible:outline-2 data-focus-visible:outline-accent sm:hidden"
          >
            {t("count", { count: deciders.length })}
            <ChevronDown aria-hidden="true" className={classes("size-3.5", isOpen && "rotate-180")} />
          </Button>
        )}
      </div>
      {deciders.length > 0 && (
        <ul
          id={list}
          aria-label={t("reasons")}
          className={classes("flex flex-col gap-1 ps-6", isNow && !isOpen && "max-sm:hidden")}
        >
          {deciders.map((reason) => (
            <li
              key={`${reason.code} ${reason.channels.join()}`}
              className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1"
            >
              <span className="min-w-0 break-words tabular-nums">{words.reason(reason)}</span>
              {action?.(reason, () => sentence.current?.focus())}
            </li>
          ))}
        </ul>
      )}
      <p className={classes("flex items-start gap-2 text-muted tabular-nums", isNow && "max-sm:min-h-10")}>
        <CalendarClock aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">{words.next(explanation)}</span>
      </p>
    </div>
  );
}
