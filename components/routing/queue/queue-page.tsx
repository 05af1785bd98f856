"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Suspense, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { AddressState } from "@/components/shell/address-state";
import { LoadFailed, RefetchFailed } from "@/components/shell/load-failed";
import { useWorkspace } from "@/components/shell/workspace-context";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Segment, Segmented } from "@/components/ui/segmented";
import { channels } from "@/lib/availability/effective/channels";
import { queueStatusQuery } from "@/lib/routing/matching/client/queries";
import type { QueueStatus } from "@/lib/routing/matching/contract";
import { ConversationRows, RowsSkeleton } from "./conversation-rows";
import { QueueStrips, QueueStripsSkeleton } from "./queue-strips";
import { type ConversationPageState, useConversationPage } from "./use-conversation-page";
import { type QueueAddress, queueViews, useQueueAddress } from "./use-queue-address";
import { useRowKeys } from "./use-row-keys";

const Forbidden = lazyPart(async () => (await import("@/components/settings/kit/forbidden")).Forbidden);
const ConversationPanel = lazyPart(async () => (await import("../conversation-panel")).ConversationPanel);
const NoQueues = lazyPart(async () => (await import("./queue-states")).NoQueues);
const NoConversations = lazyPart(async () => (await import("./queue-states")).NoConversations);

/** Shows waiting conversations with the reasons, and assigned ones, for supervisors. */
export function QueuePage() {
  const { can } = useWorkspace();
  return can("routing.read") ? (
    <AddressState>
      <ReadableQueue />
    </AddressState>
  ) : (
    <Suspense>
      <Forbidden />
    </Suspense>
  );
}

const sum = (counts: QueueStatus["queues"][number]["waiting"]) =>
  channels.reduce((total, channel) => total + counts[channel], 0);

function ReadableQueue() {
  const t = useTranslations("routing");
  const { workspace } = useWorkspace();
  const address = useQueueAddress();
  const status = useQuery(queueStatusQuery(workspace.id));
  const page = useConversationPage(address);
  const listRef = useRef<HTMLDivElement>(null);
  useRowKeys(listRef, { onBack: page.back, onNext: page.next });
  const queues = status.data?.queues;
  const ids = page.rows?.map(({ id }) => id) ?? [];
  const failure = status.error ?? page.error;
  const retry = () => {
    void status.refetch();
    page.retry();
  };

  const { page: number } = address;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is read from its top.
  useEffect(() => {
    document.getElementById("content")?.scrollTo({ top: 0 });
  }, [number]);

  if (failure && (!queues || !page.rows))
    return <LoadFailed isPage title={t("failed")} error={failure} onRetry={retry} />;
  if (queues?.length === 0 && page.total === 0 && page.rows)
    return (
      <Suspense>
        <NoQueues />
      </Suspense>
    );
  const open = address.conversation;
  return (
    <div className="flex min-h-full flex-col bg-canvas pb-24">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 pt-4 pb-3 sm:px-6">
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        {queues && (
          <p role="status" className="text-muted tabular-nums">
            {t("counts", {
              waiting: queues.reduce((total, { waiting }) => total + sum(waiting), 0),
              offered: queues.reduce((total, { offered }) => total + sum(offered), 0),
            })}
          </p>
        )}
      </header>
      {failure && (
        <div className="mb-3 border-line border-t">
          <RefetchFailed text={t("stale")} error={failure} onRetry={retry} />
        </div>
      )}
      {queues ? (
        <>
          {queues.length > 0 && (
            <QueueStrips queues={queues} chosen={address.queue} onChoose={address.showQueue} />
          )}
          <section
            aria-label={t("view")}
            className="mt-4 overflow-hidden border-line border-y bg-surface sm:mx-6 sm:rounded-xl sm:border-x"
          >
            <Filters address={address} />
            <div ref={listRef}>
              <List address={address} page={page} queues={queues} />
            </div>
            {page.total > ids.length && <Paging page={page} />}
          </section>
        </>
      ) : (
        // Waits for the queues, which would shift the list.
        <QueueStripsSkeleton />
      )}
      {open && (
        <Suspense>
          <ConversationPanel
            id={open}
            siblings={ids}
            targetOf={(queueId) => queues?.find((queue) => queue.queueId === queueId)?.targetSeconds}
            onStep={address.step}
            onClose={address.close}
          />
        </Suspense>
      )}
    </div>
  );
}

function List({
  address,
  page,
  queues,
}: {
  address: QueueAddress;
  page: ConversationPageState;
  queues: QueueStatus["queues"];
}) {
  const { rows } = page;
  if (!rows) return <RowsSkeleton />;
  if (rows.length === 0 && !page.isUpdating)
    return (
      <Suspense>
        <NoConversations
          view={address.view}
          isFiltered={address.queue !== null || address.channel !== null}
          onClear={address.clear}
        />
      </Suspense>
    );
  return (
    <ConversationRows
      view={address.view}
      rows={rows}
      queues={queues}
      isUpdating={page.isUpdating}
      showsQueue={address.queue === null}
      opened={address.conversation}
      onOpen={address.open}
    />
  );
}

const allChannels = "all";

function Filters({ address }: { address: QueueAddress }) {
  const t = useTranslations("routing");
  const words = useTranslations("availability.channels");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 sm:px-6">
      <Segmented
        label={t("view")}
        hideLabel
        value={address.view}
        onChange={(value) => {
          const view = queueViews.find((each) => each === value);
          if (view) address.showView(view);
        }}
      >
        {queueViews.map((view) => (
          <Segment key={view} value={view}>
            {t(`views.${view}`)}
          </Segment>
        ))}
      </Segmented>
      <Segmented
        label={t("channel")}
        hideLabel
        value={address.channel ?? allChannels}
        onChange={(value) => address.showChannel(channels.find((each) => each === value) ?? null)}
      >
        <Segment value={allChannels}>{t("allChannels")}</Segment>
        {channels.map((channel) => (
          <Segment key={channel} value={channel} aria-label={words(channel)}>
            <span aria-hidden="true" className="sm:hidden">
              {channelIcons[channel]}
            </span>
            <span className="max-sm:sr-only">{words(channel)}</span>
          </Segment>
        ))}
      </Segmented>
      {address.queue && (
        <button
          type="button"
          onClick={() => address.showQueue(null)}
          className="min-h-6 rounded-sm text-accent text-sm underline decoration-accent/40 underline-offset-2 hover:decoration-current focus-visible:outline-2 focus-visible:outline-accent"
        >
          {t("allQueues")}
        </button>
      )}
    </div>
  );
}

function Paging({ page }: { page: ConversationPageState }) {
  const t = useTranslations("routing.paging");
  const { from, rows = [], total, back, next } = page;
  return (
    <footer className="flex h-11 items-center justify-between gap-3 border-line border-t px-4 text-muted text-sm sm:px-6">
      <p role="status" className="tabular-nums">
        {t("range", { from, to: from + rows.length - 1, total })}
      </p>
      <div className="flex items-center gap-1">
        <IconButton label={t("back")} keys="[" placement="top" isDisabled={!back} onPress={() => back?.()}>
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </IconButton>
        <IconButton label={t("next")} keys="]" placement="top" isDisabled={!next} onPress={() => next?.()}>
          <ChevronRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </IconButton>
      </div>
    </footer>
  );
}
