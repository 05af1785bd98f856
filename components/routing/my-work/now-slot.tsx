"use client";

import { BellRing, CircleSlash, Hourglass, Inbox, TimerOff, UserRoundX } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useReadyNow } from "@/components/availability/use-ready-now";
import { useProblemText } from "@/components/shell/problem-text";
import { useFormatter, useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { notify } from "@/components/ui/toast";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import { pageNow } from "@/lib/platform/client/page-clock";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { isGone, type OfferAnswer, useAnswerOffer } from "@/lib/routing/offers/client/answer";
import type { Offer } from "@/lib/routing/offers/contract";
import { titleOf } from "../conversation-title";
import { keepAlerts, turnOnNotices, useAlerts } from "./alerts";
import { Countdown, CountdownBar } from "./countdown";
import { OfferCard } from "./offer-card";
import { useOfferWords } from "./offer-words";
import { type Gone, goneBecause, type Pause, pauseOf, spokenStep } from "./rules";
import { useNames } from "./use-names";

/** An offer that disappeared, shown until something else takes its place. */
interface Lost {
  offer: Offer;
  /** When it disappeared, in epoch milliseconds. */
  at: number;
  why?: Gone;
}

/** How long a lost offer is shown, in milliseconds. */
const lostTime = 20_000;

/** Returns the last offer that disappeared without an answer from this page. */
function useLostOffer(offers: readonly Offer[]) {
  const [lost, setLost] = useState<Lost>();
  const seen = useRef(new Map<string, Offer>());
  const answered = useRef(new Set<string>());
  useEffect(() => {
    for (const [id, offer] of seen.current) {
      if (offers.some((each) => each.id === id)) continue;
      seen.current.delete(id);
      if (!answered.current.has(id)) setLost({ offer, at: pageNow() });
    }
    for (const offer of offers) {
      seen.current.set(offer.id, offer);
      // The offer is back: the server was only unreachable.
      answered.current.delete(offer.id);
    }
  }, [offers]);
  useEffect(() => {
    if (!lost) return;
    const timer = setTimeout(() => setLost(undefined), lostTime);
    return () => clearTimeout(timer);
  }, [lost]);
  return { lost, lose: setLost, answered: answered.current };
}

/**
 * Shows what is next: an offer, wrap-up, missed offers, or nothing. The height is fixed, so that a new offer
 * does not move buttons that the user is about to press.
 */
export function NowSlot({
  agentId,
  offers,
  open,
  explanation,
  mayAct,
}: {
  agentId: string;
  offers: readonly Offer[];
  open: readonly Conversation[];
  explanation: AvailabilityExplanation | undefined;
  mayAct: boolean;
}) {
  const t = useTranslations("routing.myWork");
  const problem = useProblemText();
  const { workspace } = useWorkspace();
  const { mutateAsync } = useAnswerOffer(workspace.id, agentId);
  const { queueOf, skillsOf } = useNames();
  const { lost, lose, answered } = useLostOffer(offers);
  const heading = useRef<HTMLHeadingElement>(null);
  const slot = useRef<HTMLDivElement>(null);
  const offer = offers[0];

  const answer = useCallback(
    (chosen: OfferAnswer["answer"]) => {
      if (!offer || answered.has(offer.id)) return;
      answered.add(offer.id);
      // The card that has focus disappears. Don't focus the next card, or the same key would answer it.
      if (slot.current?.contains(document.activeElement)) heading.current?.focus();
      mutateAsync({ offer, answer: chosen }).catch((error: unknown) => {
        if (isGone(error)) return lose({ offer, at: pageNow(), why: "tooLate" });
        notify({
          kind: "error",
          title: t(chosen === "accept" ? "notAccepted" : "notDeclined", {
            title: titleOf(offer.conversation),
          }),
          detail: problem(error),
        });
      });
    },
    [offer, answered, mutateAsync, lose, problem, t],
  );

  const why = lost && (lost.why ?? goneBecause(lost.offer, open, lost.at));
  const pause: Pause = explanation ? pauseOf(explanation.deciders, explanation.at) : { kind: "none" };
  const lostText = why && lost && t(`gone.${why}`, { title: titleOf(lost.offer.conversation) });
  return (
    <section aria-labelledby="my-work-now" className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-6 min-w-0 items-baseline gap-3">
        <h2
          ref={heading}
          id="my-work-now"
          tabIndex={-1}
          className="shrink-0 font-semibold text-lg outline-none"
        >
          {t("now")}
        </h2>
        {offers.length > 1 && (
          <span className="shrink-0 text-muted text-sm">{t("more", { count: offers.length - 1 })}</span>
        )}
        {offer && lostText && <span className="min-w-0 truncate text-muted text-sm">{lostText}</span>}
      </div>
      <div
        ref={slot}
        className={classes(
          "min-h-60 min-w-0 overflow-hidden rounded-xl border transition-colors",
          offer ? "border-accent bg-raised shadow-raised" : "border-line bg-raised",
        )}
      >
        {offer ? (
          <OfferCard
            key={offer.id}
            offer={offer}
            queue={queueOf(offer.conversation)}
            skills={skillsOf(offer.conversation)}
            onAnswer={mayAct ? answer : undefined}
          />
        ) : pause.kind !== "none" ? (
          <Paused agentId={agentId} pause={pause} mayAct={mayAct} onReady={() => heading.current?.focus()} />
        ) : lostText && why ? (
          <LostOffer why={why} text={lostText} />
        ) : (
          <Idle />
        )}
      </div>
      <Announcer offer={offer} lostText={lostText} />
    </section>
  );
}

/** Announces a new offer, its approaching end, and its disappearance. */
function Announcer({ offer, lostText }: { offer: Offer | undefined; lostText: string | undefined }) {
  const t = useTranslations("routing.myWork");
  const named = useOfferWords();
  const now = useNow({ updateInterval: 1000 }).getTime();
  const step = offer && spokenStep(offer, now);
  return (
    <p role="status" className="sr-only">
      {offer
        ? step === undefined
          ? t("announced", { what: named(offer.conversation) })
          : t("spokenLeft", { count: step })
        : lostText}
    </p>
  );
}

function Message({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex min-h-60 flex-col items-center justify-center gap-2 px-6 py-5 text-center">
      <span
        aria-hidden="true"
        className="flex size-9 items-center justify-center rounded-full bg-sunken text-muted"
      >
        {icon}
      </span>
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-md text-muted">{children}</div>}
      {action && <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** Shows what prevents the next conversation, and a button that ends it. */
function Paused({
  agentId,
  pause,
  mayAct,
  onReady,
}: {
  agentId: string;
  pause: Exclude<Pause, { kind: "none" }>;
  mayAct: boolean;
  onReady: () => void;
}) {
  const t = useTranslations("routing.myWork");
  const words = useTranslations("availability.answer.channel");
  const format = useFormatter();
  const ready = useReadyNow(agentId);
  const action = mayAct && (
    <Button
      look="primary"
      className="h-10!"
      onPress={() => {
        onReady();
        ready();
      }}
    >
      {t("ready")}
    </Button>
  );
  if (pause.kind === "notResponding")
    return (
      <Message icon={<UserRoundX className="size-5" />} title={t("missed")} action={action}>
        {t("missedText", { channels: format.list(pause.channels.map((each) => words(each))) })}
      </Message>
    );
  return (
    <Message
      icon={<Hourglass className="size-5" />}
      title={
        <>
          {t("wrapUp")}{" "}
          <Countdown until={pause.until} label={t("wrapUpLeft")} className="ms-1 font-semibold text-lg" />
        </>
      }
      action={action}
    >
      <div className="mx-auto w-56 max-w-full pb-2">
        <CountdownBar from={pause.from} until={pause.until} />
      </div>
      {t("wrapUpText")}
    </Message>
  );
}

function LostOffer({ why, text }: { why: Gone; text: string }) {
  const t = useTranslations("routing.myWork");
  return (
    <Message
      icon={why === "expired" ? <TimerOff className="size-5" /> : <CircleSlash className="size-5" />}
      title={text}
    >
      {t(`goneText.${why}`)}
    </Message>
  );
}

/** Shown when there is no offer. Asks once for notifications. */
function Idle() {
  const t = useTranslations("routing.myWork");
  const { notify: choice, permission } = useAlerts();
  const [isAsking, setAsking] = useState(false);
  if (choice === "unasked" && permission !== "unsupported" && permission !== "denied")
    return (
      <Message
        icon={<BellRing className="size-5" />}
        title={t("ask.title")}
        action={
          <>
            <Button look="quiet" onPress={() => keepAlerts({ notify: "off" })}>
              {t("ask.no")}
            </Button>
            <Button
              look="primary"
              isPending={isAsking}
              onPress={async () => {
                setAsking(true);
                await turnOnNotices({ title: t("ask.first"), body: t("ask.firstText"), tag: "rollcall" });
                setAsking(false);
              }}
            >
              {t("ask.yes")}
            </Button>
          </>
        }
      >
        {t("ask.text")}
      </Message>
    );
  return (
    <Message icon={<Inbox className="size-5" />} title={t("idle")}>
      {t("idleText")}
    </Message>
  );
}
