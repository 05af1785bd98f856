"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { statusMarks } from "@/components/availability/status-menu";
import { useFormatter, useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Avatar } from "@/components/ui/avatar";
import { classes } from "@/components/ui/classes";
import { Link } from "@/components/ui/link";
import { StatusMark } from "@/components/ui/status-mark";
import { candidatesQuery } from "@/lib/agents/inbox/client/queries";
import type { Candidate } from "@/lib/agents/inbox/contract";
import { type Channel, channels } from "@/lib/availability/effective/values";
import { smallPicture } from "@/lib/workforce/media/rules";
import { BoardSection, RowsSkeleton } from "./board-section";

/** The agents who are next to take a conversation on a channel, best first. */
export function Candidates({
  channel,
  teams,
  most,
  onChannel,
}: {
  channel: Channel;
  teams: string[];
  most: number;
  onChannel: (channel: Channel) => void;
}) {
  const t = useTranslations("board");
  const words = useTranslations("availability.channels");
  const { workspace } = useWorkspace();
  const { data, isPlaceholderData } = useQuery(candidatesQuery(workspace.id, channel, teams, most));
  return (
    <BoardSection
      id="board-candidates"
      title={t("candidates")}
      // In wall mode, the channel name replaces the buttons.
      hint={<span className="hidden wall:inline wall:text-base">{words(channel)}</span>}
      action={<ChannelSwitch chosen={channel} onChoose={onChannel} />}
    >
      {!data ? (
        <RowsSkeleton rows={most} />
      ) : data.results.length === 0 ? (
        <p className="px-4 py-3 text-muted">{t("noCandidates", { channel: words(channel) })}</p>
      ) : (
        <ol
          aria-busy={isPlaceholderData}
          className={classes("divide-y divide-line", isPlaceholderData && "opacity-60")}
        >
          {data.results.map((candidate, place) => (
            <CandidateRow key={candidate.agentId} candidate={candidate} place={place + 1} />
          ))}
        </ol>
      )}
    </BoardSection>
  );
}

/** Looks like `Segmented`, whose radio buttons would be a sixth of the page's script. */
function ChannelSwitch({ chosen, onChoose }: { chosen: Channel; onChoose: (channel: Channel) => void }) {
  const t = useTranslations("board");
  const words = useTranslations("availability.channels");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={t("candidatesChannel")}
      className="inline-flex h-8 gap-0.5 rounded-md bg-sunken p-0.5 max-sm:h-12 wall:hidden"
    >
      {channels.map((channel) => (
        <button
          key={channel}
          type="button"
          aria-pressed={channel === chosen}
          onClick={() => onChoose(channel)}
          className={classes(
            "rounded px-2.5 font-medium text-sm transition-colors",
            channel === chosen
              ? "bg-raised text-ink shadow-sm ring-1 ring-line-strong/40"
              : "text-muted hover:text-ink",
          )}
        >
          {words(channel)}
        </button>
      ))}
    </div>
  );
}

function CandidateRow({ candidate, place }: { candidate: Candidate; place: number }) {
  const t = useTranslations("board");
  const words = useTranslations("availability");
  const format = useFormatter();
  const { href } = useWorkspace();
  const { agentId, name, avatarUrl, status, activity, open, offered, capacity } = candidate;
  const load = open + offered;
  return (
    <li className="flex h-10 items-center gap-2.5 px-4 max-sm:h-11 wall:h-7">
      <span className="w-5 shrink-0 text-end text-muted text-sm tabular-nums wall:text-base">
        {format.number(place)}
      </span>
      <Avatar name={name} src={smallPicture(avatarUrl)} size="small" className="wall:hidden" />
      <Link
        look="plain"
        href={href(`/agents/${agentId}`)}
        dir="auto"
        className="min-w-0 truncate leading-6 max-sm:leading-11"
      >
        {name}
      </Link>
      <span className="flex shrink-0 items-center gap-1.5 text-muted text-sm">
        <StatusMark mark={statusMarks[status]} />
        <span className="max-sm:sr-only lg:max-2xl:sr-only wall:sr-only">
          {status === "active" && activity !== "available"
            ? words(`activity.${activity}`)
            : words(`status.${status}`)}
        </span>
      </span>
      <span className="ms-auto flex shrink-0 items-center gap-3 text-sm tabular-nums wall:text-base">
        <span className="text-end">
          <span className="sr-only">
            {capacity === undefined ? t("load", { load }) : t("loadOf", { load, capacity })}
          </span>
          <span aria-hidden="true">
            {format.number(load)}
            <span className="text-muted">/{capacity === undefined ? "∞" : format.number(capacity)}</span>
          </span>
        </span>
        <Waiting since={candidate.lastAssignedAt} />
      </span>
    </li>
  );
}

/** The time since the last assignment, updated live. */
function Waiting({ since }: { since: string | undefined }) {
  const t = useTranslations("board");
  const duration = useDurationText();
  const now = useNow({ updateInterval: 10_000 });
  const seconds = since === undefined ? undefined : Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
  return (
    <span className="w-18 truncate text-end text-muted wall:w-20">
      {seconds === undefined ? t("neverAssigned") : duration(seconds)}
    </span>
  );
}
