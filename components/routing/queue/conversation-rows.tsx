"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { useDurationText } from "@/components/availability/duration-text";
import { useTimeLeft, WaitingTime } from "@/components/routing/waiting-time";
import { type Face, useFaces } from "@/components/settings/kit/agent-search";
import { useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Avatar } from "@/components/ui/avatar";
import { classes } from "@/components/ui/classes";
import { Link } from "@/components/ui/link";
import { ownSide } from "@/components/ui/own-side";
import { Skeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { waitingReasonsQuery } from "@/lib/routing/matching/client/queries";
import type { QueueStatus } from "@/lib/routing/matching/contract";
import { smallPicture } from "@/lib/workforce/media/rules";
import { titleOf } from "../conversation-title";
import { ForcedMark } from "../forced-mark";
import type { QueueView } from "./use-queue-address";
import { secondsSince } from "./waiting-rules";
import { useSkillNames, useWaitingWords } from "./waiting-words";

/** Maximum number of skills named in a row. */
const mostSkills = 2;

const usual = 50;

/** The conversations of a page. Each name is a link to its panel and covers the row. */
export function ConversationRows({
  view,
  rows,
  queues,
  isUpdating,
  showsQueue,
  opened,
  onOpen,
}: {
  view: QueueView;
  rows: readonly Conversation[];
  queues: QueueStatus["queues"];
  isUpdating: boolean;
  showsQueue: boolean;
  opened: string | null;
  onOpen: (id: string) => void;
}) {
  const t = useTranslations("routing");
  const channelWords = useTranslations("availability.channels");
  const { workspace } = useWorkspace();
  const waiting = rows.filter(({ state }) => state === "queued").map(({ id }) => id);
  const { data: reasons } = useQuery(waitingReasonsQuery(workspace.id, waiting));
  const agentIds = [...new Set(rows.flatMap(({ agentId, offer }) => agentId ?? offer?.agentId ?? []))];
  const { faces, isPending } = useFaces(agentIds, agentIds.length);
  const byId = new Map(faces.map((face) => [face.id, face]));
  const queueById = new Map(queues.map((queue) => [queue.queueId, queue]));
  const skillNames = useSkillNames();
  const words = useWaitingWords();
  const isWaiting = view === "waiting";
  const faceOf = (id: string): Face =>
    byId.get(id) ?? { id, name: isPending ? "…" : t("deletedAgent"), avatarUrl: undefined, email: undefined };

  return (
    <table
      aria-label={t(`list.${view}`)}
      aria-busy={isUpdating}
      className={classes("w-full table-fixed max-sm:block", isUpdating && "opacity-60 transition-opacity")}
    >
      <thead className="max-sm:sr-only">
        <tr className="h-8 border-line border-b text-muted text-xs">
          <Head className="w-44 ps-4 sm:ps-6 xl:w-56">{t(isWaiting ? "panel.waiting" : "agent")}</Head>
          <Head>{t("conversation")}</Head>
          <Head className="hidden w-52 xl:table-cell">{t("skills")}</Head>
          {showsQueue && <Head className="hidden w-40 md:table-cell">{t("columns.queue")}</Head>}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {rows.map((row) => {
          const { id, channel, agentId, offer, queuedAt, createdAt, assignedAt, priority, queueId } = row;
          const queue = queueId ? queueById.get(queueId) : undefined;
          const skills = skillNames(row.requiredSkills);
          return (
            <tr
              key={id}
              data-conversation={id}
              className={classes(
                "relative border-line border-b transition-colors hover:bg-hover max-sm:flex max-sm:flex-col-reverse max-sm:gap-1.5 max-sm:px-4 max-sm:py-3 sm:h-14",
                id === opened && "bg-accent-soft hover:bg-accent-soft",
              )}
            >
              <td className="py-1.5 pe-3 sm:ps-6 max-sm:p-0">
                {isWaiting ? (
                  <WaitingTime
                    since={queuedAt ?? createdAt}
                    targetSeconds={queue?.targetSeconds}
                    className="max-sm:[&>span]:flex max-sm:[&>span]:items-baseline max-sm:[&>span]:gap-2"
                  />
                ) : (
                  agentId && <Holder face={faceOf(agentId)} since={assignedAt ?? createdAt} />
                )}
              </td>
              <th scope="row" className="px-3 py-1.5 text-start font-normal max-sm:p-0">
                <span className="flex min-w-0 items-center gap-2">
                  <span role="img" aria-label={channelWords(channel)} className="shrink-0 text-muted">
                    {channelIcons[channel]}
                  </span>
                  <RowLink id={id} onOpen={onOpen}>
                    {titleOf(row)}
                  </RowLink>
                  {row.forced && <ForcedMark />}
                  {priority !== usual && (
                    <Tag look={priority > usual ? "accent" : "plain"}>{t("priority", { priority })}</Tag>
                  )}
                </span>
                {isWaiting && (
                  <span className="block truncate text-muted text-sm max-sm:whitespace-normal sm:ps-6">
                    {offer ? (
                      <OfferLine name={faceOf(offer.agentId).name} until={offer.expiresAt} />
                    ) : (
                      words(reasons?.get(id), skills)
                    )}
                  </span>
                )}
                <span className="mt-0.5 block truncate text-muted text-sm sm:hidden">
                  {[showsQueue && queue?.name, ...skills].filter(Boolean).join(" · ")}
                </span>
              </th>
              <td className="hidden px-3 xl:table-cell">
                <span className="flex min-w-0 gap-1 overflow-hidden" title={skills.join(", ")}>
                  {row.requiredSkills.slice(0, mostSkills).map(({ skillId }, place) => (
                    <Tag key={skillId}>{skills[place]}</Tag>
                  ))}
                  {skills.length > mostSkills && (
                    <span className="text-muted text-sm">+{skills.length - mostSkills}</span>
                  )}
                </span>
              </td>
              {showsQueue && (
                <td dir="auto" className={classes("hidden truncate px-3 text-muted md:table-cell", ownSide)}>
                  {queue?.name}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Head({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" className={classes("px-3 text-start font-medium", className)}>
      {children}
    </th>
  );
}

function OfferLine({ name, until }: { name: string; until: string }) {
  const t = useTranslations("routing");
  const duration = useDurationText();
  const left = useTimeLeft(until);
  return (
    <span className="inline-flex items-center gap-1.5 text-accent-strong">
      <span aria-hidden="true" className="size-1.5 shrink-0 animate-pulse rounded-full bg-accent" />
      <span className="truncate">{t("offeredTo", { name, left: duration(left) })}</span>
    </span>
  );
}

/** The agent who has a conversation, and how long they have had it. */
function Holder({ face, since }: { face: Face; since: string }) {
  const t = useTranslations("routing.agentPage");
  const duration = useDurationText();
  const now = useNow({ updateInterval: 10_000 });
  const { href } = useWorkspace();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={face.name} src={smallPicture(face.avatarUrl)} size="small" />
      <span className="relative z-10 min-w-0">
        <Link
          look="plain"
          href={href(`/agents/${face.id}?tab=workload`)}
          dir="auto"
          className="block truncate after:absolute after:-inset-y-0.5 after:inset-x-0"
        >
          {face.name}
        </Link>
        <span className="block text-muted text-sm tabular-nums">
          {t("since", { duration: duration(secondsSince(since, now)) })}
        </span>
      </span>
    </span>
  );
}

/** The name as a link that covers the whole row. */
function RowLink({
  id,
  onOpen,
  children,
}: {
  id: string;
  onOpen: (id: string) => void;
  children: ReactNode;
}) {
  const path = usePathname();
  const search = new URLSearchParams(useSearchParams());
  search.set("conversation", id);
  function open(event: MouseEvent) {
    // With a modifier key, the browser opens the link in a new tab or window.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(id);
  }
  return (
    <a
      href={`${path}?${search}`}
      onClick={open}
      dir="auto"
      className="min-w-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-accent"
    >
      {children}
    </a>
  );
}

export function RowsSkeleton() {
  return (
    <div aria-hidden="true" className="animate-pulse divide-y divide-line">
      {[40, 56, 32, 48, 36, 52].map((width) => (
        <div key={width} className="flex h-14 items-center gap-6 px-4 max-sm:h-28 sm:px-6">
          <Skeleton className="h-4 w-24" />
          <span className="block flex-1" style={{ maxWidth: `${width}%` }}>
            <Skeleton className="h-4" />
          </span>
        </div>
      ))}
    </div>
  );
}
