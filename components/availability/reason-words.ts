"use client";

import { useTranslations } from "use-intl";
import { useFormatter, useViewerZone } from "@/components/shell/time";
import { type Channel, channels } from "@/lib/availability/effective/channels";
import type { AvailabilityExplanation } from "@/lib/availability/effective/contract";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { offsetMinutes } from "@/lib/platform/time/offset";
import { localDate } from "@/lib/platform/time/wall-clock";
import { useCodeWord } from "./code-words";

export type Reason = AvailabilityExplanation["deciders"][number];
type Explanation = Pick<AvailabilityExplanation, "at" | "timezone" | "channels">;

/** Returns the channels that are open. */
export function openChannels({ channels: verdicts }: Pick<Explanation, "channels">): Channel[] {
  return channels.filter((channel) => verdicts[channel]?.open);
}

/** The first automatic change of open channels. */
export interface NextChange {
  at: string;
  opening: Channel[];
  closing: Channel[];
}

/** Returns what changes next; undefined if nothing changes automatically. */
export function nextChangeOf({ channels: verdicts }: Pick<Explanation, "channels">): NextChange | undefined {
  const times = channels.flatMap((channel) => verdicts[channel]?.nextChangeAt ?? []);
  const at = times.sort()[0];
  if (at === undefined) return undefined;
  const changing = channels.filter((channel) => verdicts[channel]?.nextChangeAt === at);
  return {
    at,
    opening: changing.filter((channel) => !verdicts[channel]?.open),
    closing: changing.filter((channel) => verdicts[channel]?.open),
  };
}

/**
 * Returns functions that put an explanation into words. Times are in the agent's time zone, and in the
 * reader's where it differs.
 */
export function useReasonWords({ timezone, at }: Pick<Explanation, "timezone" | "at">) {
  const t = useTranslations("availability");
  const format = useFormatter();
  const viewerZone = useViewerZone();
  const word = useCodeWord();
  const asked = Date.parse(at);

  const isSameDay = (instant: number, zone: string) => localDate(zone, instant) === localDate(zone, asked);

  /** Only the time on the same day, with the weekday within a week, otherwise with the date. */
  function timeIn(instant: number, timeZone: string): string {
    const time = { timeZone, hour: "numeric", minute: "2-digit" } as const;
    const distance = Math.abs(instant - asked);
    if (isSameDay(instant, timeZone)) return format.dateTime(instant, time);
    if (distance < 6 * DAY_MS) return format.dateTime(instant, { ...time, weekday: "short" });
    const year = distance < 300 * DAY_MS ? {} : ({ year: "numeric" } as const);
    return format.dateTime(instant, { ...time, ...year, day: "numeric", month: "short" });
  }

  function when(text: string): string {
    const instant = Date.parse(text);
    const time = timeIn(instant, timezone);
    return offsetMinutes(timezone, instant) === offsetMinutes(viewerZone, instant)
      ? time
      : t("answer.twice", { time, yours: timeIn(instant, viewerZone) });
  }

  const list = (names: readonly Channel[]) => format.list(names.map((name) => t(`answer.channel.${name}`)));

  /** The reason without times. */
  function plain(reason: Reason): string {
    const name = word(reason.code);
    switch (reason.decider) {
      case "activity":
        return reason.details ? t("answer.withText", { reason: name, text: reason.details.text }) : name;
      case "hours":
        if (reason.details) return t("answer.withText", { reason: name, text: reason.details.name });
        return reason.until ? name : t("answer.noHours", { reason: name });
      case "timeOff":
        return reason.details.reason
          ? t("answer.withText", { reason: name, text: reason.details.reason })
          : name;
      case "presence":
        return reason.details?.lastSeenAt
          ? t("answer.lastSeen", { reason: name, time: when(reason.details.lastSeenAt) })
          : name;
      case "capacity": {
        const { open, offered, capacity } = reason.details;
        return t("answer.load", { reason: name, taken: open + offered, capacity });
      }
      default:
        return name;
    }
  }

  return {
    /** "Can take messaging and email." */
    verdict(explanation: Explanation): string {
      const open = openChannels(explanation);
      return open.length === 0 ? t("answer.none") : t("answer.some", { channels: list(open) });
    },

    /** "On a break since 12:02, until 12:30", with the channels in front unless it closes all. */
    reason(reason: Reason): string {
      const name = plain(reason);
      const { since, until } = reason;
      const text =
        reason.decider === "timeOff" && until
          ? t("answer.backOn", { reason: name, until: when(until) })
          : since && until
            ? t("answer.sinceUntil", { reason: name, since: when(since), until: when(until) })
            : since
              ? t("answer.since", { reason: name, since: when(since) })
              : until
                ? t("answer.until", { reason: name, until: when(until) })
                : name;
      if (reason.channels.length === channels.length) return text;
      const names = reason.channels.map((channel) => t(`channels.${channel}`));
      return t("answer.only", { channels: format.list(names), reason: text });
    },

    /** "Next: voice opens at 14:00". */
    next(explanation: Explanation): string {
      const change = nextChangeOf(explanation);
      if (!change) return t("answer.noNext");
      const parts = (["opening", "closing"] as const)
        .filter((way) => change[way].length > 0)
        .map((way) => t(`answer.${way}`, { channels: list(change[way]), count: change[way].length }));
      const day = isSameDay(Date.parse(change.at), timezone) ? "same" : "other";
      return t("answer.next", { what: format.list(parts), time: when(change.at), day });
    },
  };
}
