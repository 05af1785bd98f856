"use client";

import { useQuery } from "@tanstack/react-query";
import { CornerUpLeft, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { useDurationText } from "@/components/availability/duration-text";
import { PartFailed } from "@/components/shell/part-failed";
import { useFormatter, useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { conversationsQuery } from "@/lib/routing/conversations/client/queries";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { decisionsQuery } from "@/lib/routing/matching/client/queries";
import { titleOf } from "./conversation-title";
import { useDecisionWords } from "./decision-words";
import { ForcedMark } from "./forced-mark";
import { secondsSince } from "./queue/waiting-rules";
import { useAct } from "./use-act";

/** Number of rows shown initially. */
const most = 10;
/** Maximum number of open conversations to load. */
const limit = 100;

/** Shows an agent's open conversations, and why the last ones were assigned to them. */
export function AgentConversations({ agentId, name }: { agentId: string; name: string }) {
  const { workspace } = useWorkspace();
  const { isPending } = useQuery(openQuery(workspace.id, agentId));
  return (
    <>
      <OpenConversations agentId={agentId} name={name} />
      {/* Rendered after the open conversations, which would shift it. */}
      {!isPending && <Decisions agentId={agentId} />}
    </>
  );
}

const openQuery = (workspaceId: string, agentId: string) =>
  conversationsQuery(workspaceId, {
    states: ["assigned"],
    agentIds: [agentId],
    sortBy: "createdAt",
    limit: String(limit),
  });

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3">
      <h2 className="font-semibold text-lg">{title}</h2>
      {children}
    </section>
  );
}

function OpenConversations({ agentId, name }: { agentId: string; name: string }) {
  const t = useTranslations("routing.agentPage");
  const { workspace } = useWorkspace();
  const [isWhole, setWhole] = useState(false);
  const { data, error, refetch } = useQuery(openQuery(workspace.id, agentId));
  const rows = data?.results.slice(0, isWhole ? limit : most);
  return (
    <Part title={t("open")}>
      {!rows && error && <PartFailed onRetry={() => void refetch()}>{t("failed")}</PartFailed>}
      {!rows && !error && <Skeleton className="h-24" />}
      {rows?.length === 0 && <p className="text-muted">{t("none")}</p>}
      {rows && rows.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {rows.map((conversation) => (
            <Row key={conversation.id} conversation={conversation} agentName={name} />
          ))}
        </ul>
      )}
      {data && !isWhole && data.results.length > most && (
        <Button size="small" look="quiet" className="self-start" onPress={() => setWhole(true)}>
          {t("more", { count: data.results.length })}
        </Button>
      )}
    </Part>
  );
}

function Row({ conversation, agentName }: { conversation: Conversation; agentName: string }) {
  const t = useTranslations("routing.agentPage");
  const panel = useTranslations("routing.panel");
  const words = useTranslations("availability.channels");
  const duration = useDurationText();
  const now = useNow({ updateInterval: 10_000 });
  const { can, href, agentId } = useWorkspace();
  const act = useAct(conversation);
  const [isClosing, setClosing] = useState(false);
  const { id, channel, assignedAt, createdAt, forced } = conversation;
  const name = titleOf(conversation);
  const mayAct = can("routing.write") || (can("own.write") && conversation.agentId === agentId);
  return (
    <li className="flex min-h-12 items-center gap-2.5 py-1.5 ps-3 pe-1.5">
      <span role="img" aria-label={words(channel)} className="shrink-0 text-muted">
        {channelIcons[channel]}
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex min-w-0 items-center gap-2">
          <Link
            look="plain"
            href={href(`/queue?view=assigned&conversation=${id}`)}
            dir="auto"
            className="truncate"
          >
            {name}
          </Link>
          {forced && <ForcedMark />}
        </span>
        <span className="block text-muted text-sm tabular-nums">
          {t("since", { duration: duration(secondsSince(assignedAt ?? createdAt, now)) })}
        </span>
      </span>
      {mayAct && (
        <span className="flex shrink-0">
          <IconButton
            label={t("requeue", { name })}
            isDisabled={act.isPending}
            onPress={() => void act.requeue({ exclude: true })}
          >
            <CornerUpLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          </IconButton>
          <IconButton label={t("close", { name })} onPress={() => setClosing(true)}>
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </span>
      )}
      <ConfirmDialog
        title={panel("closeTitle")}
        action={panel("close")}
        isOpen={isClosing}
        onOpenChange={setClosing}
        onConfirm={async () => {
          await act.close();
          setClosing(false);
        }}
      >
        <p>{panel("closeAssignedText", { name: agentName })}</p>
      </ConfirmDialog>
    </li>
  );
}

function Decisions({ agentId }: { agentId: string }) {
  const t = useTranslations("routing.agentPage");
  const words = useDecisionWords();
  const format = useFormatter();
  const channelWords = useTranslations("availability.channels");
  const { workspace, href } = useWorkspace();
  const { data, error, refetch } = useQuery(decisionsQuery(workspace.id, agentId, most));
  return (
    <Part title={t("decisions")}>
      {!data && error && <PartFailed onRetry={() => void refetch()}>{t("failed")}</PartFailed>}
      {!data && !error && <Skeleton className="h-24" />}
      {data?.results.length === 0 && <p className="text-muted">{t("noDecisions")}</p>}
      {data && data.results.length > 0 && (
        <ol className="divide-y divide-line rounded-lg border border-line">
          {data.results.map((decision) => {
            const { how, overruled } = words(decision);
            const { conversation } = decision;
            return (
              <li key={decision.id} className="flex min-h-12 items-start gap-2.5 px-3 py-2">
                <span
                  role="img"
                  aria-label={channelWords(conversation.channel)}
                  className="mt-0.5 shrink-0 text-muted"
                >
                  {channelIcons[conversation.channel]}
                </span>
                <span className="min-w-0 flex-1">
                  <Link
                    look="plain"
                    href={href(`/queue?conversation=${conversation.id}`)}
                    dir="auto"
                    className="block truncate"
                  >
                    {titleOf(conversation)}
                  </Link>
                  <span className="block text-muted text-sm">{how}</span>
                  {overruled && <span className="block text-sm text-warning">{overruled}</span>}
                </span>
                <span className="shrink-0 text-muted text-sm tabular-nums">
                  {format.dateTime(Date.parse(decision.at), { dateStyle: "short", timeStyle: "short" })}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </Part>
  );
}
