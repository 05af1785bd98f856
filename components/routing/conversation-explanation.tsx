"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { PartFailed } from "@/components/shell/part-failed";
import { useFormatter, useNow } from "@/components/shell/time";
import { useList } from "@/components/shell/use-list";
import { useWorkspace } from "@/components/shell/workspace-context";
import { classes } from "@/components/ui/classes";
import { Skeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import { useJoined } from "@/components/ui/use-joined";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { conversationExplanationQuery } from "@/lib/routing/matching/client/queries";
import type { ConversationExplanation as Explanation } from "@/lib/routing/matching/contract";
import { type Entry, entriesOf } from "@/lib/routing/matching/rules";
import { allQueuesQuery } from "@/lib/routing/queues/client/queries";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";
import { ConversationPart } from "./conversation-part";
import { useDecisionWords } from "./decision-words";
import { secondsSince } from "./queue/waiting-rules";
import { useClosedWords, useSkillNames, useWaitingWords } from "./queue/waiting-words";

/**
 * Explains why a conversation waits: its position, and who can take it now and later. For an assigned one,
 * explains why it went to its agent.
 */
export function ConversationExplanation({ conversation }: { conversation: Conversation }) {
  const t = useTranslations("routing.panel");
  const { workspace } = useWorkspace();
  const { data, error, refetch } = useQuery(conversationExplanationQuery(workspace.id, conversation.id));
  const isWaiting = conversation.state === "queued" || conversation.state === "offered";
  const title = t(isWaiting ? "why" : "whyAssigned");
  if (!data && error)
    return <PartFailed error={error} onRetry={() => void refetch()}>{`${t("whyFailed")}.`}</PartFailed>;
  if (!data)
    return (
      <ConversationPart title={title}>
        <Skeleton className="h-32" />
      </ConversationPart>
    );
  if (!isWaiting) return data.decision ? <Decided explanation={data} title={title} /> : null;
  return (
    <ConversationPart
      title={title}
      note={data.position === undefined ? undefined : t("position", { position: data.position })}
    >
      <Steps conversation={conversation} explanation={data} />
    </ConversationPart>
  );
}

function Decided({ explanation, title }: { explanation: Explanation; title: string }) {
  const words = useDecisionWords();
  const format = useFormatter();
  const { decision } = explanation;
  if (!decision) return null;
  const { how, overruled } = words(decision);
  return (
    <ConversationPart title={title}>
      <div className="rounded-lg border border-line px-3 py-2.5">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span>{how}</span>
          <span className="text-muted text-sm tabular-nums">
            {format.dateTime(Date.parse(decision.at), { dateStyle: "medium", timeStyle: "medium" })}
          </span>
        </p>
        {overruled && <p className="text-sm text-warning">{overruled}</p>}
      </div>
    </ConversationPart>
  );
}

function Steps({ conversation, explanation }: { conversation: Conversation; explanation: Explanation }) {
  const t = useTranslations("routing.panel");
  const { workspace } = useWorkspace();
  const { data: queues } = useQuery(allQueuesQuery(workspace.id));
  const skills = useSkillNames()(conversation.requiredSkills);
  const line = useWaitingWords();
  const duration = useDurationText();
  const now = useNow({ updateInterval: 1000 });
  const waited = secondsSince(conversation.queuedAt ?? conversation.createdAt, now);
  const queue = queues?.find(({ id }) => id === conversation.queueId);
  const idsOf = (kind: "primary" | "secondary") => queue?.teams.find(({ type }) => type === kind)?.ids ?? [];
  const entries: readonly Entry[] = queue
    ? entriesOf({
        primaryTeamIds: idsOf("primary"),
        secondaryTeamIds: idsOf("secondary"),
        targetSeconds: queue.targetSeconds,
        steps: queue.steps.map(({ afterSeconds, teamIds = [], dropSkills = false }) => ({
          afterSeconds,
          teamIds,
          dropSkills,
        })),
      })
    : [];
  const current = explanation.steps.findLastIndex(({ afterSeconds }) => afterSeconds <= waited);
  const reached = explanation.steps[current];
  return (
    <>
      {conversation.state === "queued" && reached && (
        <p className="font-medium">
          {line(reached, entries[current] && dropped(entries, current) ? [] : skills)}
        </p>
      )}
      <ol aria-label={t("steps")} className="divide-y divide-line rounded-lg border border-line">
        {explanation.steps.map(({ step, afterSeconds, matching, open, justAsked = 0, closed }, place) => (
          <li key={step} className={classes("px-3 py-2", place > current && "text-muted")}>
            <div className="flex items-baseline justify-between gap-3">
              <span className={classes(place === current && "font-medium")}>
                {place === 0 ? t("first") : t("after", { duration: duration(afterSeconds) })}
                {place > 0 && <Widening entry={entries[place]} />}
              </span>
              {place === current ? (
                <Tag look="accent">{t("now")}</Tag>
              ) : (
                place > current && (
                  <span className="shrink-0 text-sm tabular-nums">
                    {t("later", { duration: duration(afterSeconds - waited) })}
                  </span>
                )
              )}
            </div>
            <p className="text-muted text-sm">
              {t("match", { matching, open })}
              {justAsked > 0 && ` (${t("justAsked", { count: justAsked })})`}
              <Closed closed={closed} />
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}

const dropped = (entries: readonly Entry[], step: number) =>
  entries.slice(0, step + 1).some(({ dropSkills }) => dropSkills);

/** Describes what a step adds: more teams, or ignoring skills. */
function Widening({ entry }: { entry: Entry | undefined }) {
  const t = useTranslations("routing.panel");
  const list = useList();
  const joined = useJoined();
  const { workspace, can } = useWorkspace();
  const { data: teams } = useQuery({ ...allTeamsQuery(workspace.id), enabled: can("settings.read") });
  if (!entry) return null;
  const names = entry.teamIds.flatMap((teamId) => teams?.find(({ id }) => id === teamId)?.name ?? []);
  const parts = [
    ...(names.length > 0 ? [t("addsTeams", { teams: list(names) })] : []),
    ...(entry.dropSkills ? [t("dropsSkills")] : []),
  ];
  return parts.length > 0 && <span className="font-normal">: {joined(parts)}</span>;
}

function Closed({ closed }: { closed: Explanation["steps"][number]["closed"] }) {
  const text = useClosedWords()(closed);
  return text !== "" && <>: {text}</>;
}
