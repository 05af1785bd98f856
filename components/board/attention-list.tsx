"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { statusMarks } from "@/components/availability/status-menu";
import { useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Avatar } from "@/components/ui/avatar";
import { Link } from "@/components/ui/link";
import { StatusMark } from "@/components/ui/status-mark";
import { attentionQuery } from "@/lib/agents/attention/client/queries";
import type { Attention, AttentionAgent } from "@/lib/agents/attention/contract";
import { smallPicture } from "@/lib/workforce/media/rules";
import { BoardSection, RowsSkeleton } from "./board-section";
import { attentionFilterOf, listPath } from "./links";
import { LiveNumber } from "./live-number";

/** The agents who need a supervisor's attention, by reason. */
export function AttentionList({ teams, most }: { teams: string[]; most: number }) {
  const t = useTranslations("board");
  const { workspace } = useWorkspace();
  const { data } = useQuery(attentionQuery(workspace.id, teams, most));
  const reasons = data?.reasons.filter(({ total }) => total > 0);
  return (
    <BoardSection id="board-attention" title={t("attention")}>
      {!reasons ? (
        <RowsSkeleton rows={8} />
      ) : reasons.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-3 text-muted">
          <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
          {t("noAttention")}
        </p>
      ) : (
        reasons.map((each) => <Reason key={each.reason} {...each} teams={teams} />)
      )}
    </BoardSection>
  );
}

function Reason({ reason, total, results, teams }: Attention["reasons"][number] & { teams: string[] }) {
  const t = useTranslations("board");
  const { href } = useWorkspace();
  const filter = attentionFilterOf(reason);
  const title = (
    <>
      {t(`attentionReasons.${reason}`)}
      <LiveNumber value={total} className="font-medium text-ink" />
    </>
  );
  return (
    <div className="border-line [&:not(:last-child)]:border-b">
      <h3 className="px-4 pt-2 text-muted text-sm wall:pt-1 wall:text-base">
        {filter ? (
          <Link
            look="plain"
            href={href(listPath({ teams, ...filter }))}
            className="flex min-h-6 items-center justify-between gap-3 max-sm:min-h-11"
          >
            {title}
          </Link>
        ) : (
          <span className="flex min-h-6 items-center justify-between gap-3">{title}</span>
        )}
      </h3>
      <ul className="pb-1 wall:pb-0.5">
        {results.map((agent) => (
          <AttentionRow key={agent.agentId} agent={agent} />
        ))}
      </ul>
    </div>
  );
}

function AttentionRow({ agent }: { agent: AttentionAgent }) {
  const { href } = useWorkspace();
  const { agentId, name, avatarUrl, status } = agent;
  return (
    <li className="flex h-9 items-center gap-2.5 px-4 max-sm:h-11 wall:h-7">
      <Avatar name={name} src={smallPicture(avatarUrl)} size="small" className="wall:hidden" />
      <Link
        look="plain"
        href={href(`/agents/${agentId}`)}
        dir="auto"
        className="min-w-0 truncate leading-6 max-sm:leading-11"
      >
        {name}
      </Link>
      <StatusMark mark={statusMarks[status]} />
      <span className="ms-auto shrink-0 text-end text-muted text-sm tabular-nums wall:text-base">
        <Why agent={agent} />
      </span>
    </li>
  );
}

function Why({ agent: { status, activity, since, load } }: { agent: AttentionAgent }) {
  const t = useTranslations("board");
  const words = useTranslations("availability");
  const duration = useDurationText();
  const now = useNow({ updateInterval: 10_000 });
  if (load)
    return t("overBy", {
      channel: words(`channels.${load.channel}`),
      open: load.open,
      capacity: load.capacity,
    });
  if (since === undefined) return null;
  return t("stateFor", {
    state:
      status === "active" && activity !== "available"
        ? words(`activity.${activity}`)
        : words(`status.${status}`),
    duration: duration(Math.max(0, (now.getTime() - Date.parse(since)) / 1000)),
  });
}
