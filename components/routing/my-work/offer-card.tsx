"use client";

import { useEffect, useId } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { isTyping } from "@/components/shell/shell-dialogs";
import { Button } from "@/components/ui/button";
import { Keys } from "@/components/ui/keys";
import { isDialogOpen } from "@/components/ui/open-dialog";
import { Tag } from "@/components/ui/tag";
import type { OfferAnswer } from "@/lib/routing/offers/client/answer";
import type { Offer } from "@/lib/routing/offers/contract";
import { titleOf } from "../conversation-title";
import { Countdown, CountdownBar } from "./countdown";

type Answer = OfferAnswer["answer"];

const answers: Readonly<Record<string, Answer>> = { a: "accept", d: "decline" };
const above = "[role=menu], [role=listbox], [role=grid]";

/** Calls `onAnswer` for the keys A and D, regardless of focus. */
function useAnswerKeys(onAnswer: (answer: Answer) => void): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event) || isDialogOpen()) return;
      if (event.target instanceof Element && event.target.closest(above)) return;
      const answer = answers[event.key.toLowerCase()];
      if (!answer) return;
      event.preventDefault();
      onAnswer(answer);
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [onAnswer]);
}

/** An offer with its countdown. Has the same height as the other contents of its slot. */
export function OfferCard({
  offer,
  queue,
  skills,
  onAnswer,
}: {
  offer: Offer;
  queue: string | undefined;
  skills: readonly string[];
  /** Undefined for users who can't answer. */
  onAnswer: ((answer: Answer) => void) | undefined;
}) {
  const t = useTranslations("routing.myWork");
  const words = useTranslations("availability.channels");
  const { conversation, createdAt: from, expiresAt: until } = offer;
  const title = useId();
  return (
    <article aria-labelledby={title} className="flex min-h-60 animate-arrive flex-col p-4">
      <div className="flex min-h-8 items-center gap-2">
        <span aria-hidden="true" className="shrink-0 text-muted">
          {channelIcons[conversation.channel]}
        </span>
        <span className="min-w-0 truncate text-muted">
          {words(conversation.channel)}
          {queue && (
            <>
              {" · "}
              <bdi>{queue}</bdi>
            </>
          )}
        </span>
        <Countdown
          until={until}
          label={t("timeLeft")}
          turnsRed
          className="ms-auto shrink-0 font-semibold text-2xl"
        />
      </div>
      <h3
        id={title}
        dir="auto"
        className="mt-1 line-clamp-2 break-words max-sm:min-h-12 font-semibold text-lg"
      >
        {titleOf(conversation)}
      </h3>
      <div className="mt-1 flex h-6 min-w-0 flex-wrap items-center gap-1.5 overflow-hidden">
        {skills.length > 0
          ? skills.map((skill) => <Tag key={skill}>{skill}</Tag>)
          : conversation.subject && (
              <bdi dir="auto" className="truncate text-muted text-sm">
                {conversation.externalId}
              </bdi>
            )}
      </div>
      <div className="mt-auto flex flex-col gap-3 pt-3">
        <CountdownBar from={from} until={until} turnsRed />
        {onAnswer ? (
          <Answers onAnswer={onAnswer} />
        ) : (
          <p className="flex min-h-11 items-center text-muted">{t("readOnly")}</p>
        )}
      </div>
    </article>
  );
}

function Answers({ onAnswer }: { onAnswer: (answer: Answer) => void }) {
  const t = useTranslations("routing.myWork");
  useAnswerKeys(onAnswer);
  return (
    <div className="grid grid-cols-[1fr_2fr] gap-2">
      <Button className="h-11!" onPress={() => onAnswer("decline")}>
        {t("decline")}
        <KeyMark name="D" />
      </Button>
      <Button look="primary" className="h-11!" onPress={() => onAnswer("accept")}>
        {t("accept")}
        <KeyMark name="A" onDark />
      </Button>
    </div>
  );
}

/** A shortcut next to a button's text. Hidden on phones. */
function KeyMark({ name, onDark = false }: { name: string; onDark?: boolean }) {
  return (
    <span aria-hidden="true" className="max-sm:hidden pointer-coarse:hidden">
      <Keys keys={name} onDark={onDark} />
    </span>
  );
}
