"use client";

import { useQuery } from "@tanstack/react-query";
import { UserRoundX } from "lucide-react";
import NextLink from "next/link";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { useExplanation } from "@/components/agents/profile/use-explanation";
import { usePresets } from "@/components/availability/use-presets";
import { LoadFailed, RefetchFailed } from "@/components/shell/load-failed";
import { MessagePage } from "@/components/shell/message-page";
import { useOwnAgent } from "@/components/shell/own-availability";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { buttonClasses } from "@/components/ui/button-classes";
import { lazyPart } from "@/components/ui/lazy-part";
import { Skeleton } from "@/components/ui/skeleton";
import { pageTime } from "@/lib/platform/client/page-clock";
import { ownConversationsQuery } from "@/lib/routing/offers/client/answer";
import { AlertsControl } from "./alerts-control";
import { NowSlot } from "./now-slot";
import { OpenConversations } from "./open-conversations";
import { OwnStatus } from "./own-status";
import { useOffers } from "./use-offers";

const Forbidden = lazyPart(async () => (await import("@/components/settings/kit/forbidden")).Forbidden);

/** The page on which an agent takes conversations. */
export function MyWork() {
  const { can, agentId } = useWorkspace();
  if (!can("routing.read"))
    return (
      <Suspense>
        <Forbidden />
      </Suspense>
    );
  return agentId ? <OwnWork agentId={agentId} /> : <NoAgent />;
}

function NoAgent() {
  const t = useTranslations("routing.myWork.noAgent");
  const { workspace, can, href } = useWorkspace();
  return (
    <MessagePage
      icon={<UserRoundX className="size-5" />}
      title={t("title")}
      action={
        can("agents.read") && (
          <NextLink href={href("/agents")} className={buttonClasses("primary")}>
            {t("list")}
          </NextLink>
        )
      }
    >
      {t("text", { workspace: workspace.name })}
    </MessagePage>
  );
}

function OwnWork({ agentId }: { agentId: string }) {
  const t = useTranslations("routing.myWork");
  const format = useFormatter();
  const { workspace, can } = useWorkspace();
  const own = useOwnAgent();
  const answer = useExplanation(workspace.id, agentId, own.data);
  const offers = useOffers(agentId);
  const open = useQuery({ ...ownConversationsQuery(workspace.id, agentId), refetchInterval: 30_000 });
  const mayAct = can("own.write") || can("routing.write");

  const failed = [own, answer, offers, open].find(({ error }) => error);
  const retry = () => {
    for (const query of [own, answer, offers, open]) if (query.error) void query.refetch();
  };
  // Also waits for the presets, whose buttons would shift the content below.
  const presets = usePresets();
  const isComplete = own.data && answer.data && offers.offers && open.data && presets;
  if (!isComplete)
    return failed ? (
      <LoadFailed
        isPage
        title={t("failed")}
        error={failed.error}
        isRetrying={failed.isFetching}
        onRetry={retry}
      />
    ) : (
      <WorkSkeleton />
    );
  return (
    <>
      {failed && navigator.onLine && (
        <RefetchFailed
          text={t("stale", {
            time: format.dateTime(pageTime(open.dataUpdatedAt), { timeStyle: "medium" }),
          })}
          error={failed.error}
          onRetry={retry}
        />
      )}
      <div className={page}>
        <header className="flex items-center gap-3">
          <h1 className="min-w-0 flex-1 truncate font-semibold text-xl tracking-tight">{t("title")}</h1>
          <AlertsControl />
        </header>
        <OwnStatus agent={own.data.data} readAt={pageTime(own.dataUpdatedAt)} explanation={answer.data} />
        <NowSlot
          agentId={agentId}
          offers={offers.offers ?? []}
          open={open.data.results}
          explanation={answer.data}
          mayAct={mayAct}
        />
        <OpenConversations open={open.data.results} total={open.data.total} mayAct={mayAct} />
      </div>
    </>
  );
}

const page = "flex max-w-3xl flex-col gap-5 px-4 py-4 sm:px-6";

function WorkSkeleton() {
  return (
    <div aria-busy="true" className={page}>
      <Skeleton className="h-8 w-36" />
      <div className="flex flex-col gap-3">
        <Skeleton className="h-11 w-72 max-w-full max-sm:h-21" />
        <Skeleton className="h-8 w-80 max-w-full max-sm:h-11" />
      </div>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-24" />
        <Skeleton className="h-60 rounded-xl" />
      </div>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-32 rounded-xl" />
      </div>
    </div>
  );
}
