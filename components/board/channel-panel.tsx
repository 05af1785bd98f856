"use client";

import { type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { useCodeCount, useCodeWord } from "@/components/availability/code-words";
import { useWorkspace } from "@/components/shell/workspace-context";
import { classes } from "@/components/ui/classes";
import { lazyPart } from "@/components/ui/lazy-part";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import type { InboxAvailability } from "@/lib/agents/inbox/contract";
import type { Channel, Code } from "@/lib/availability/effective/values";
import { filterOf, listPath, openPath } from "./links";
import { LiveNumber } from "./live-number";
import { mostFrequent, reasonsOf } from "./rules";

const WaitingHere = lazyPart(async () => (await import("./waiting")).WaitingHere);

/** Colors tell kinds of reasons apart; each reason also has its word in the legend. */
const colours: Record<Code, string> = {
  invited: "bg-offline/50",
  suspended: "bg-danger",
  offline: "bg-offline",
  away: "bg-away",
  busy: "bg-accent",
  onCall: "bg-accent/85",
  wrapUp: "bg-accent/70",
  onBreak: "bg-away/60",
  inMeeting: "bg-accent/50",
  timeOff: "bg-line-strong/80",
  holiday: "bg-line-strong/60",
  outOfHours: "bg-line-strong/40",
  absent: "bg-warning",
  idle: "bg-warning/70",
  wrappingUp: "bg-accent/35",
  atCapacity: "bg-danger/80",
  inCall: "bg-danger/60",
  notResponding: "bg-warning/50",
};

/** How many agents can take a channel, and why the others can't. */
export function ChannelPanel({
  channel,
  numbers,
  teams,
  most,
}: {
  channel: Channel;
  numbers: InboxAvailability;
  teams: string[];
  /** Maximum number of reasons in the legend, most frequent first. */
  most: number;
}) {
  const t = useTranslations("board");
  const name = useTranslations("availability.channels")(channel);
  const { can, href } = useWorkspace();
  const { open, room, closed } = numbers.channels[channel];
  const { agents } = numbers;
  const reasons = reasonsOf(closed);
  return (
    <PanelFrame channel={channel} note={room === undefined ? t("noLimit") : t("room", { room })}>
      <p className="flex items-baseline gap-3 md:max-xl:items-center">
        <Link
          look="plain"
          href={href(openPath(channel, { teams }))}
          aria-label={t("canTake", { channel: name, open, agents })}
          className={classes(numberClasses, open === 0 && "text-danger")}
        >
          <LiveNumber value={open} />
        </Link>
        {/* Three panels next to each other have no room for a third part in the line. */}
        <span className="flex flex-1 items-baseline gap-3 md:max-xl:flex-col md:max-xl:gap-0">
          <span className="text-muted">{t("ofAgents", { agents })}</span>
          {can("routing.read") && (
            <Suspense>
              <WaitingHere channel={channel} />
            </Suspense>
          )}
        </span>
      </p>
      <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-full bg-sunken">
        {open > 0 && <span className="bg-active" style={{ flexGrow: open }} />}
        {reasons.map(({ code, count }) => (
          <span key={code} className={colours[code]} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul
        aria-label={t("reasons", { channel: name })}
        className={classes(
          "grid grid-cols-2 content-start gap-x-4 md:max-xl:grid-cols-1 wall:grid-cols-2!",
          legendRoom,
        )}
      >
        {mostFrequent(reasons, most).map(({ code, count }) => (
          <Reason key={code} code={code} count={count} teams={teams} />
        ))}
      </ul>
    </PanelFrame>
  );
}

const numberClasses =
  "font-semibold text-[4rem] leading-none tracking-tight sm:text-[4.5rem] wall:text-[5.5rem]";

/**
 * Room for sixteen reasons, in a single column and on phones for twelve, on a wall for eight, so that the page does not
 * move when one comes or goes.
 */
const legendRoom = "min-h-52 max-sm:min-h-66 md:max-xl:min-h-78 wall:min-h-24!";

function PanelFrame({ channel, note, children }: { channel: Channel; note: ReactNode; children: ReactNode }) {
  const words = useTranslations("availability.channels");
  const id = `board-${channel}`;
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-3 rounded-xl border border-line bg-raised p-4 wall:gap-2 wall:p-3.5"
    >
      <div className="flex min-w-0 items-center gap-2">
        <span aria-hidden="true" className="text-muted">
          {channelIcons[channel]}
        </span>
        <h2 id={id} className="font-medium">
          {words(channel)}
        </h2>
        <span className="ms-auto truncate text-muted text-sm tabular-nums wall:text-base">{note}</span>
      </div>
      {children}
    </section>
  );
}

function Reason({ code, count, teams }: { code: Code; count: number; teams: string[] }) {
  const { href } = useWorkspace();
  const word = useCodeWord()(code);
  const label = useCodeCount()(code, count);
  const filter = filterOf(code);
  const content = (
    <>
      <span aria-hidden="true" className={classes("size-2 shrink-0 rounded-[3px]", colours[code])} />
      <span className="min-w-0 truncate text-muted" title={word}>
        {word}
      </span>
      <LiveNumber value={count} className="ms-auto font-medium" />
    </>
  );
  const shared =
    "flex min-h-6.5 min-w-0 items-center gap-2 text-sm max-sm:min-h-11 wall:min-h-6 wall:text-base";
  return (
    <li className="min-w-0">
      {filter ? (
        <Link look="plain" href={href(listPath({ teams, ...filter }))} aria-label={label} className={shared}>
          {content}
        </Link>
      ) : (
        <span className={shared}>{content}</span>
      )}
    </li>
  );
}

/** A panel of the same height, while the numbers load. */
export function ChannelPanelSkeleton({ channel }: { channel: Channel }) {
  return (
    <PanelFrame channel={channel} note="">
      <Skeleton className="h-16 w-32 sm:h-18 wall:h-22" />
      <Skeleton className="h-2 w-full" />
      <div className={classes("flex flex-col gap-3 py-1.5", legendRoom)}>
        <Skeleton className="h-3.5 w-2/3" />
        <Skeleton className="h-3.5 w-1/2" />
      </div>
    </PanelFrame>
  );
}
