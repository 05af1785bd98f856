"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { leaveFor } from "@/components/shell/leave-guard";
import { useWorkspace } from "@/components/shell/workspace-context";
import { buttonClasses } from "@/components/ui/button-classes";
import { IconButton } from "@/components/ui/icon-button";
import type { Offer } from "@/lib/routing/offers/contract";
import { titleOf } from "../conversation-title";
import { canNotify, playTones, readAlerts, showNotice } from "./alerts";
import { Countdown, CountdownBar } from "./countdown";
import { useOfferWords } from "./offer-words";

/** Prepends the number of offers to the page title. */
function useTitle(text: string | undefined, path: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page sets another title.
  useEffect(() => {
    if (text === undefined) return;
    const prefix = `${text} · `;
    const add = () => {
      if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
    };
    add();
    // Pages set their title after they have loaded.
    const observer = new MutationObserver(add);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length);
    };
  }, [text, path]);
}

/** Notifies about each new offer: with a notification while the tab is hidden, and with a sound. */
function useNotices(
  offers: readonly Offer[],
  words: (offer: Offer) => { title: string; body: string },
  onOpen: () => void,
) {
  const shown = useRef(new Map<string, () => void>());
  useEffect(() => {
    for (const [id, close] of shown.current) {
      if (offers.some((offer) => offer.id === id)) continue;
      close();
      shown.current.delete(id);
    }
    const added = offers.filter(({ id }) => !shown.current.has(id));
    if (added.length === 0) return;
    const alerts = readAlerts();
    if (alerts.sound) playTones();
    for (const offer of added) {
      const notice =
        canNotify(alerts) && document.visibilityState === "hidden"
          ? showNotice({ ...words(offer), tag: offer.id, onPress: onOpen })
          : undefined;
      shown.current.set(offer.id, notice ?? (() => undefined));
    }
  });
}

/**
 * Alerts the agent to pending offers: page title, notification, sound, and a small card on pages other than
 * My work.
 */
export function OfferAlerts({ offers }: { offers: readonly Offer[] }) {
  const t = useTranslations("routing.myWork");
  const named = useOfferWords();
  const { href } = useWorkspace();
  const router = useRouter();
  const path = usePathname();
  const address = href("/my-work");
  const [dismissed, setDismissed] = useState<string>();
  const offer = offers[0];
  useTitle(offer && t("titlePrefix", { count: offers.length }), path);
  useNotices(
    offers,
    ({ conversation }) => ({ title: t("noticeTitle"), body: named(conversation) }),
    () => leaveFor(address, () => router.push(address)),
  );
  if (!offer || path === address || dismissed === offer.id) return null;
  return (
    <aside
      aria-label={t("banner")}
      className="pointer-events-none fixed inset-x-0 top-14 z-[44] flex justify-center px-3 lg:top-3"
    >
      <div
        key={offer.id}
        className="pointer-events-auto w-full max-w-md animate-arrive overflow-hidden rounded-lg border border-accent bg-raised shadow-raised"
      >
        <div className="flex min-h-12 items-center gap-2.5 ps-3 pe-1.5">
          <span aria-hidden="true" className="shrink-0 text-accent">
            {channelIcons[offer.conversation.channel]}
          </span>
          <p role="status" className="min-w-0 flex-1">
            <span className="sr-only">{t("announced", { what: named(offer.conversation) })}</span>
            <span aria-hidden="true" dir="auto" className="block truncate font-medium">
              {titleOf(offer.conversation)}
            </span>
          </p>
          <Countdown
            until={offer.expiresAt}
            label={t("timeLeft")}
            turnsRed
            className="shrink-0 font-semibold"
          />
          <Link href={address} prefetch={false} className={buttonClasses("primary", "small")}>
            {t("answer")}
          </Link>
          <IconButton label={t("dismiss")} size="small" onPress={() => setDismissed(offer.id)}>
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
        <CountdownBar from={offer.createdAt} until={offer.expiresAt} turnsRed />
      </div>
    </aside>
  );
}
