"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Inbox, Route, SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { Copyable } from "@/components/settings/kit/one-time-secret";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { buttonClasses } from "@/components/ui/button-classes";
import { EmptyState } from "@/components/ui/empty-state";
import { conversationsQuery } from "@/lib/routing/conversations/client/queries";
import type { QueueView } from "./use-queue-address";

// Shown instead of conversations. Loaded on demand.

export function NoQueues() {
  const t = useTranslations("routing.empty");
  const { can, href } = useWorkspace();
  return (
    <EmptyState
      isPage
      icon={<Route className="size-5" />}
      title={t("noQueues")}
      action={
        can("routing.write") && (
          <Link href={href("/settings/queues?new=1")} className={buttonClasses("primary")}>
            {t("createQueue")}
          </Link>
        )
      }
    >
      {t("noQueuesText")}
    </EmptyState>
  );
}

export function NoConversations({
  view,
  isFiltered,
  onClear,
}: {
  view: QueueView;
  isFiltered: boolean;
  onClear: () => void;
}) {
  const t = useTranslations("routing.empty");
  const { workspace, can } = useWorkspace();
  const ever = useQuery({ ...conversationsQuery(workspace.id, { limit: "1" }), enabled: !isFiltered });
  if (isFiltered)
    return (
      <EmptyState
        icon={<SearchX className="size-5" />}
        title={t("noMatches")}
        action={<Button onPress={onClear}>{t("clear")}</Button>}
      >
        {t("noMatchesText")}
      </EmptyState>
    );
  if (ever.isPending) return <div className="h-64" />;
  if (ever.data?.total === 0 && can("routing.write")) return <FirstConversation />;
  const isWaiting = view === "waiting";
  return (
    <EmptyState
      icon={isWaiting ? <CircleCheck className="size-5 text-success" /> : <Inbox className="size-5" />}
      title={t(isWaiting ? "nothing" : "nothingAssigned")}
    >
      {t(isWaiting ? "nothingText" : "nothingAssignedText")}
    </EmptyState>
  );
}

/** Shows how to report a conversation through the API, for a workspace without any. */
function FirstConversation() {
  const t = useTranslations("routing.empty");
  const { workspace } = useWorkspace();
  const code = [
    `curl -X POST ${window.location.origin}/api/workspaces/${workspace.id}/inbox/conversations`,
    '-H "Authorization: AccessKey $key"',
    '-H "Content-Type: application/json"',
    `-d '{"externalId":"ticket-1","channel":"messaging","subject":"Where is my order?"}'`,
  ].join(" \\\n  ");
  return (
    <>
      <EmptyState
        icon={<Inbox className="size-5" />}
        title={t("first")}
        action={
          <Link href="/docs" className={buttonClasses()}>
            {t("docs")}
          </Link>
        }
      >
        {t("firstText")}
      </EmptyState>
      <div className="mx-auto max-w-2xl px-4 pb-10">
        <Copyable label={t("curl")} code={code} />
      </div>
    </>
  );
}
