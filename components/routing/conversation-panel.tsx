"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, SearchX, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { LoadFailed } from "@/components/shell/load-failed";
import { useWorkspace } from "@/components/shell/workspace-context";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import { RequestError } from "@/lib/platform/client/client";
import { conversationQuery } from "@/lib/routing/conversations/client/queries";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { ConversationActions } from "./conversation-actions";
import { ConversationAssign } from "./conversation-assign";
import { ConversationExplanation } from "./conversation-explanation";
import { ConversationFacts } from "./conversation-facts";
import { titleOf } from "./conversation-title";
import { ForcedMark } from "./forced-mark";

const typed = "input, textarea, select, [contenteditable]";
const looks = { queued: "warning", offered: "accent", assigned: "success", closed: "plain" } as const;

/** A side sheet, full-screen on phones, that explains a conversation and acts on it. `j` and `k` show the next one. */
export function ConversationPanel({
  id,
  siblings,
  targetOf,
  onStep,
  onClose,
}: {
  id: string;
  /** The conversations of the list below. */
  siblings: readonly string[];
  /** Returns the target of a queue in seconds. */
  targetOf: (queueId: string | undefined) => number | undefined;
  onStep: (id: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations("routing");
  const ui = useTranslations("ui");
  const { workspace } = useWorkspace();
  const { data, error, refetch } = useQuery(conversationQuery(workspace.id, id));
  const at = siblings.indexOf(id);
  const previous = siblings[at - 1];
  const next = siblings[at + 1];
  const isGone = error instanceof RequestError && (error.status === 404 || error.status === 400);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(`${typed}, [role=listbox], [role=menu]`))
      return;
    const wanted = event.key === "j" ? next : event.key === "k" ? previous : undefined;
    if (wanted === undefined) return;
    event.preventDefault();
    onStep(wanted);
  }

  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className="fixed inset-0 z-50 flex justify-end bg-overlay data-entering:animate-appear"
    >
      <Modal className="flex h-dvh w-full flex-col border-line bg-raised shadow-raised outline-none sm:max-w-xl sm:border-s">
        {/* Around the dialog, which has the focus itself when it opens. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole panel */}
        <div className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
          <AriaDialog className="flex min-h-0 flex-1 flex-col outline-none">
            <header className="flex items-center gap-2.5 border-line border-b py-3 ps-5 pe-3">
              {data && (
                <span aria-hidden="true" className="shrink-0 text-muted">
                  {channelIcons[data.channel]}
                </span>
              )}
              <Heading slot="title" className="min-w-0 truncate font-semibold text-lg">
                {data ? <bdi>{titleOf(data)}</bdi> : t("conversation")}
              </Heading>
              {data && <Tag look={looks[data.state]}>{t(`states.${data.state}`)}</Tag>}
              {data?.forced && <ForcedMark />}
              <span className="ms-auto flex shrink-0">
                <span className="flex max-sm:hidden">
                  <IconButton
                    label={t("panel.previous")}
                    keys="K"
                    isDisabled={previous === undefined}
                    onPress={() => previous !== undefined && onStep(previous)}
                  >
                    <ChevronUp aria-hidden="true" className="size-4" />
                  </IconButton>
                  <IconButton
                    label={t("panel.next")}
                    keys="J"
                    isDisabled={at < 0 || next === undefined}
                    onPress={() => next !== undefined && onStep(next)}
                  >
                    <ChevronDown aria-hidden="true" className="size-4" />
                  </IconButton>
                </span>
                <IconButton label={ui("close")} onPress={onClose}>
                  <X aria-hidden="true" className="size-4" />
                </IconButton>
              </span>
            </header>
            {data ? (
              <Content key={id} conversation={data} targetSeconds={targetOf(data.queueId)} onDone={onClose} />
            ) : isGone ? (
              <EmptyState icon={<SearchX className="size-5" />} title={t("panel.gone")}>
                {t("panel.goneText")}
              </EmptyState>
            ) : error ? (
              <LoadFailed title={t("failed")} error={error} onRetry={() => void refetch()} />
            ) : (
              <div className="space-y-5 px-5 py-4">
                <Skeleton className="h-24" />
                <Skeleton className="h-40" />
              </div>
            )}
          </AriaDialog>
        </div>
      </Modal>
    </ModalOverlay>
  );
}

function Content({
  conversation,
  targetSeconds,
  onDone,
}: {
  conversation: Conversation;
  targetSeconds: number | undefined;
  /**
   * Called after the conversation is assigned or closed. The panel would cover the toast with the undo
   * button.
   */
  onDone: () => void;
}) {
  const { can } = useWorkspace();
  const body = useRef<HTMLDivElement>(null);
  const { state } = conversation;

  // A new state removes the pressed button. Move the focus, or Escape would not reach the panel.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state is why the focus is lost.
  useEffect(() => {
    if (document.activeElement === document.body)
      body.current?.closest<HTMLElement>("[role=dialog]")?.focus();
  }, [state]);

  const mayWrite = can("routing.write") && state !== "closed";
  return (
    <>
      <div ref={body} className="min-h-0 flex-1 space-y-6 overflow-y-auto px-5 py-4">
        <ConversationFacts conversation={conversation} targetSeconds={targetSeconds} />
        <ConversationExplanation conversation={conversation} />
        {mayWrite && <ConversationAssign conversation={conversation} onDone={onDone} />}
      </div>
      {mayWrite && <ConversationActions conversation={conversation} onDone={onDone} />}
    </>
  );
}
