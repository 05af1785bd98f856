"use client";

import { CircleCheck, CircleDot, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { LiveNumber } from "@/components/board/live-number";
import { WaitingTime } from "@/components/routing/waiting-time";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Skeleton } from "@/components/ui/skeleton";
import { useMedia } from "@/components/ui/use-media";
import { type Channel, channels } from "@/lib/availability/effective/channels";
import type { QueueStatus } from "@/lib/routing/matching/contract";

type Status = QueueStatus["queues"][number];

/** Queues that are shown at first: the most urgent ones. On a narrow screen they would hide the conversations. */
const most = { narrow: 2, otherwise: 5 };

const columns =
  "md:grid-cols-[minmax(6rem,1fr)_9rem_minmax(10rem,1.2fr)_5rem_9rem] md:items-center md:gap-x-3 xl:grid-cols-[minmax(8rem,1.3fr)_11rem_minmax(10rem,1.2fr)_6rem_11rem] xl:gap-x-4";

/**
 * Shows the waiting conversations and available agents of each queue. A queue's name filters the list below.
 */
export function QueueStrips({
  queues,
  chosen,
  onChoose,
}: {
  queues: readonly Status[];
  chosen: string | null;
  onChoose: (queueId: string | null) => void;
}) {
  const t = useTranslations("routing");
  const [isWhole, setWhole] = useState(false);
  const isNarrow = useMedia("(max-width: 767px)");
  const first = queues.slice(0, isNarrow ? most.narrow : most.otherwise);
  const isBeyond = chosen !== null && !first.some(({ queueId }) => queueId === chosen);
  const shown = isWhole
    ? queues
    : isBeyond
      ? [...first, ...queues.filter(({ queueId }) => queueId === chosen)]
      : first;
  const hidden = queues.length - shown.length;
  return (
    <section
      aria-label={t("queues")}
      className="mx-4 overflow-hidden rounded-xl border border-line bg-raised sm:mx-6"
    >
      <div
        aria-hidden="true"
        className={classes(
          "hidden h-8 border-line border-b px-4 font-medium text-muted text-xs md:grid",
          columns,
        )}
      >
        <span>{t("columns.queue")}</span>
        <span>{t("columns.waiting")}</span>
        <span>{t("columns.longest")}</span>
        <span>{t("columns.late")}</span>
        <span>{t("columns.canTake")}</span>
      </div>
      <ul className="divide-y divide-line">
        {shown.map((status) => (
          <Strip
            key={status.queueId}
            status={status}
            isChosen={status.queueId === chosen}
            onChoose={() => onChoose(status.queueId === chosen ? null : status.queueId)}
          />
        ))}
      </ul>
      {(hidden > 0 || isWhole) && (
        <div className="border-line border-t px-2 py-1">
          <Button look="quiet" size="small" onPress={() => setWhole(!isWhole)}>
            {isWhole ? t("fewerQueues") : t("moreQueues", { count: hidden })}
          </Button>
        </div>
      )}
    </section>
  );
}

function Strip({ status, isChosen, onChoose }: { status: Status; isChosen: boolean; onChoose: () => void }) {
  const t = useTranslations("routing");
  const { name, waiting, offered, waitingSince, targetSeconds, late, canTake } = status;
  const asked = channels.reduce((sum, channel) => sum + offered[channel], 0);
  return (
    <li
      className={classes(
        "relative grid min-h-16 grid-cols-2 gap-x-4 gap-y-2 px-4 py-2.5 transition-colors hover:bg-hover max-md:py-3",
        columns,
        isChosen && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <button
        type="button"
        aria-pressed={isChosen}
        aria-label={t("chooseQueue", { name })}
        onClick={onChoose}
        className="min-w-0 truncate text-start font-medium after:absolute after:inset-0 max-md:col-span-2 focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-accent"
      >
        <bdi>{name}</bdi>
      </button>
      <Part label={t("columns.waiting")}>
        <Counts counts={waiting} />
      </Part>
      <Part label={t("columns.longest")} isWide isFolded={waitingSince === undefined}>
        {waitingSince === undefined ? (
          <span className="flex items-center gap-2 text-muted">
            {asked > 0 ? (
              <CircleDot aria-hidden="true" className="size-4 shrink-0 text-accent" />
            ) : (
              <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
            )}
            {asked > 0 ? t("offered", { count: asked }) : t("nothingWaits")}
          </span>
        ) : (
          <WaitingTime
            since={waitingSince}
            targetSeconds={targetSeconds}
            className="max-md:[&>span]:flex max-md:[&>span]:items-baseline max-md:[&>span]:gap-2"
          />
        )}
      </Part>
      <Part label={t("columns.late")} isWide isFolded={late === 0}>
        {late > 0 ? (
          <span className="inline-flex items-center gap-1.5 font-medium text-danger tabular-nums">
            <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
            {t("late", { count: late })}
          </span>
        ) : (
          <LiveNumber value={0} className="text-muted" />
        )}
      </Part>
      <Part label={t("columns.canTake")}>
        <Counts counts={canTake} isMissing={(channel) => canTake[channel] === 0 && waiting[channel] > 0} />
      </Part>
    </li>
  );
}

/** A value with its label. On wide screens, only the first row shows labels. */
function Part({
  label,
  isWide = false,
  isFolded = false,
  children,
}: {
  label: string;
  /** Whether it takes a full row on phones. */
  isWide?: boolean;
  /** Whether it is hidden on phones. */
  isFolded?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={classes(
        "min-w-0",
        isWide && "max-md:order-1 max-md:col-span-2 max-md:[&>span:first-child]:sr-only",
        isFolded && "max-md:hidden",
      )}
    >
      <span className="block pb-0.5 text-muted text-xs md:sr-only">{label}</span>
      {children}
    </div>
  );
}

/** A number per channel. */
function Counts({
  counts,
  isMissing = () => false,
}: {
  counts: Readonly<Record<Channel, number>>;
  isMissing?: (channel: Channel) => boolean;
}) {
  const t = useTranslations("routing");
  const words = useTranslations("availability.channels");
  return (
    <span className="flex items-center gap-3.5">
      {channels.map((channel) => (
        <span
          key={channel}
          title={words(channel)}
          className={classes(
            "inline-flex min-w-9 items-center gap-1.5",
            isMissing(channel)
              ? "font-medium text-danger"
              : counts[channel] === 0
                ? "text-muted"
                : "text-ink",
          )}
        >
          <span aria-hidden="true" className="text-muted [&>svg]:size-3.5">
            {channelIcons[channel]}
          </span>
          <span className="sr-only">
            {t("byChannel", { channel: words(channel), count: counts[channel] })}
          </span>
          <span aria-hidden="true">
            <LiveNumber value={counts[channel]} />
          </span>
        </span>
      ))}
    </span>
  );
}

export function QueueStripsSkeleton() {
  return (
    <div
      aria-hidden="true"
      className="mx-4 divide-y divide-line rounded-xl border border-line bg-raised sm:mx-6"
    >
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex h-16 items-center gap-6 px-4 max-md:h-34">
          <Skeleton className="h-4 w-1/5" />
          <Skeleton className="h-4 w-1/4" />
          <Skeleton className="ms-auto h-4 w-1/5" />
        </div>
      ))}
    </div>
  );
}
