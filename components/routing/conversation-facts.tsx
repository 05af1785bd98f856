"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { useFaces } from "@/components/settings/kit/agent-search";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Avatar } from "@/components/ui/avatar";
import { Link } from "@/components/ui/link";
import { Tag } from "@/components/ui/tag";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { allQueuesQuery } from "@/lib/routing/queues/client/queries";
import { smallPicture } from "@/lib/workforce/media/rules";
import { useSkillNames } from "./queue/waiting-words";
import { useTimeLeft, WaitingTime } from "./waiting-time";

/** Facts about a conversation: waiting time, agent and requirements. */
export function ConversationFacts({
  conversation,
  targetSeconds,
}: {
  conversation: Conversation;
  targetSeconds: number | undefined;
}) {
  const t = useTranslations("routing");
  const words = useTranslations("availability.channels");
  const format = useFormatter();
  const { workspace } = useWorkspace();
  const { data: queues } = useQuery(allQueuesQuery(workspace.id));
  const skills = useSkillNames()(conversation.requiredSkills);
  const { state, queuedAt, createdAt, closedAt, agentId, offer, priority, externalId, channel } =
    conversation;
  const time = (at: string) => format.dateTime(Date.parse(at), { dateStyle: "medium", timeStyle: "short" });
  const queue = queues?.find(({ id }) => id === conversation.queueId);
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2">
      {(state === "queued" || state === "offered") && (
        <Fact label={t("panel.waiting")}>
          <WaitingTime since={queuedAt ?? createdAt} targetSeconds={targetSeconds} isLine />
        </Fact>
      )}
      {offer && (
        <Fact label={t("states.offered")}>
          <Offered agentId={offer.agentId} until={offer.expiresAt} />
        </Fact>
      )}
      {agentId && (
        <Fact label={t("panel.assigned")}>
          <AgentLink agentId={agentId} />
        </Fact>
      )}
      {closedAt && <Fact label={t("panel.closed")}>{time(closedAt)}</Fact>}
      <Fact label={t("panel.channel")}>{words(channel)}</Fact>
      <Fact label={t("panel.queue")}>
        {conversation.queueId ? <bdi>{queue?.name ?? "…"}</bdi> : t("panel.noQueue")}
      </Fact>
      <Fact label={t("panel.priority")}>{format.number(priority)}</Fact>
      <Fact label={t("panel.skills")}>
        {skills.length === 0 ? (
          <span className="text-muted">{t("noSkills")}</span>
        ) : (
          <span className="flex flex-wrap gap-1">
            {conversation.requiredSkills.map(({ skillId }, place) => (
              <Tag key={skillId}>{skills[place]}</Tag>
            ))}
          </span>
        )}
      </Fact>
      <Fact label={t("panel.externalId")}>
        <bdi className="break-all font-mono text-sm">{externalId}</bdi>
      </Fact>
      <Fact label={t("panel.reported")}>{time(createdAt)}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** Returns the name and picture of an agent. */
export function useFace(agentId: string) {
  const t = useTranslations("routing");
  const { faces, isPending } = useFaces([agentId], 1);
  return faces[0] ?? { id: agentId, name: isPending ? "…" : t("deletedAgent"), avatarUrl: undefined };
}

function AgentLink({ agentId }: { agentId: string }) {
  const { href } = useWorkspace();
  const { name, avatarUrl } = useFace(agentId);
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2 align-middle">
      <Avatar name={name} src={smallPicture(avatarUrl)} size="small" />
      <Link look="plain" href={href(`/agents/${agentId}?tab=workload`)} dir="auto" className="truncate">
        {name}
      </Link>
    </span>
  );
}

function Offered({ agentId, until }: { agentId: string; until: string }) {
  const t = useTranslations("routing");
  const duration = useDurationText();
  const { name } = useFace(agentId);
  return <span className="tabular-nums">{t("offeredTo", { name, left: duration(useTimeLeft(until)) })}</span>;
}
