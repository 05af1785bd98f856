"use client";

import { Check, CornerUpLeft } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { useDurationText } from "@/components/availability/duration-text";
import { useProblemText } from "@/components/shell/problem-text";
import { useFormatter, useNow } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { notify } from "@/components/ui/toast";
import { RequestError } from "@/lib/platform/client/client";
import { type ConversationWrite, useConversationAction } from "@/lib/routing/conversations/client/queries";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { titleOf } from "../conversation-title";
import { CopyId } from "./copy-id";
import { asksBeforeClose, inOrder, type Leaving } from "./rules";
import { useNames } from "./use-names";

const LeaveDialog = lazyPart(async () => (await import("./leave-dialog")).LeaveDialog);

/** How a conversation leaves the agent. */
const writeOf = ({ id }: Conversation, leaving: Leaving): ConversationWrite => ({
  id,
  action: leaving === "close" ? { kind: "close" } : { kind: "requeue", exclude: true },
});

/** HTTP statuses of a conversation that someone else closed, took over or deleted. */
const notOurs = [403, 404, 409];

/** The agent's open conversations with their actions. */
export function OpenConversations({
  open,
  total,
  mayAct,
}: {
  open: readonly Conversation[];
  total: number;
  mayAct: boolean;
}) {
  const t = useTranslations("routing.myWork");
  const problem = useProblemText();
  const format = useFormatter();
  const { workspace } = useWorkspace();
  const { queueOf } = useNames();
  const { mutateAsync } = useConversationAction(workspace.id);
  const [asked, setAsked] = useState<{ conversation: Conversation; leaving: Leaving }>();
  const heading = useRef<HTMLHeadingElement>(null);

  function leave(conversation: Conversation, leaving: Leaving) {
    const title = titleOf(conversation);
    setAsked(undefined);
    // The row that has focus disappears.
    heading.current?.focus();
    mutateAsync(writeOf(conversation, leaving)).then(
      () => notify({ kind: "success", title: t(leaving === "close" ? "closed" : "handedBack", { title }) }),
      (error: unknown) => {
        const isNotOurs = error instanceof RequestError && notOurs.includes(error.status);
        notify({
          kind: "error",
          title: t(leaving === "close" ? "notClosed" : "notHandedBack", { title }),
          detail: isNotOurs ? t("notYours") : problem(error),
        });
      },
    );
  }

  return (
    <section aria-labelledby="my-work-open" className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-6 items-baseline gap-2">
        <h2 ref={heading} id="my-work-open" tabIndex={-1} className="font-semibold text-lg outline-none">
          {t("open")}
        </h2>
        <span className="text-muted tabular-nums">{format.number(total)}</span>
      </div>
      <div className="overflow-hidden rounded-xl border border-line bg-raised">
        {open.length === 0 ? (
          <div className="flex flex-col items-center gap-1 px-6 py-8 text-center">
            <p className="font-medium">{t("noneOpen")}</p>
            <p className="text-muted">{t("noneOpenText")}</p>
          </div>
        ) : (
          <ul aria-labelledby="my-work-open" className="divide-y divide-line">
            {inOrder(open).map((conversation) => (
              <Row
                key={conversation.id}
                conversation={conversation}
                queue={queueOf(conversation)}
                mayAct={mayAct}
                onLeave={(leaving) =>
                  leaving === "handBack" || asksBeforeClose(conversation)
                    ? setAsked({ conversation, leaving })
                    : leave(conversation, leaving)
                }
              />
            ))}
          </ul>
        )}
      </div>
      {total > open.length && <p className="text-muted text-sm">{t("firstOnly", { count: open.length })}</p>}
      {asked && (
        <Suspense>
          <LeaveDialog
            leaving={asked.leaving}
            title={titleOf(asked.conversation)}
            queue={queueOf(asked.conversation)}
            onClose={() => setAsked(undefined)}
            onConfirm={() => leave(asked.conversation, asked.leaving)}
          />
        </Suspense>
      )}
    </section>
  );
}

function Row({
  conversation,
  queue,
  mayAct,
  onLeave,
}: {
  conversation: Conversation;
  queue: string | undefined;
  mayAct: boolean;
  onLeave: (leaving: Leaving) => void;
}) {
  const t = useTranslations("routing.myWork");
  const words = useTranslations("availability.channels");
  const title = titleOf(conversation);
  return (
    <li className="flex flex-col gap-3 px-4 py-3 sm:flex-row sm:items-center">
      <div className="flex min-w-0 flex-1 items-start gap-3">
        <span
          aria-hidden="true"
          className="mt-0.5 flex size-5 shrink-0 items-center justify-center text-muted"
        >
          {channelIcons[conversation.channel]}
        </span>
        <div className="min-w-0 flex-1">
          <p dir="auto" className="line-clamp-2 break-words font-medium sm:line-clamp-1">
            {title}
          </p>
          <div className="mt-0.5 flex min-w-0 flex-wrap items-center gap-x-1.5 text-muted text-sm tabular-nums">
            <span className="whitespace-nowrap">{words(conversation.channel)}</span>
            {queue && (
              <>
                <Dot />
                <bdi dir="auto" className="min-w-0 truncate">
                  {queue}
                </bdi>
              </>
            )}
            {conversation.assignedAt && (
              <>
                <Dot />
                <Since at={conversation.assignedAt} />
              </>
            )}
            {!conversation.subject && <CopyId id={conversation.externalId} />}
          </div>
          {conversation.subject && (
            <div className="flex min-w-0 items-center gap-1 text-muted text-sm">
              <bdi dir="auto" className="min-w-0 truncate">
                {conversation.externalId}
              </bdi>
              <CopyId id={conversation.externalId} />
            </div>
          )}
        </div>
      </div>
      {mayAct && (
        <div className="grid shrink-0 grid-cols-2 gap-2 max-sm:ps-8 sm:flex">
          <Button aria-label={t("handBackNamed", { title })} onPress={() => onLeave("handBack")}>
            <CornerUpLeft aria-hidden="true" className="size-4 text-muted rtl:-scale-x-100" />
            {t("handBack")}
          </Button>
          <Button aria-label={t("closeNamed", { title })} onPress={() => onLeave("close")}>
            <Check aria-hidden="true" className="size-4 text-success" />
            {t("close")}
          </Button>
        </div>
      )}
    </li>
  );
}

const Dot = () => <span aria-hidden="true">·</span>;

/** How long the agent has had a conversation; a tooltip shows the time. */
function Since({ at }: { at: string }) {
  const t = useTranslations("routing.myWork");
  const duration = useDurationText();
  const format = useFormatter();
  const now = useNow({ updateInterval: 5_000 });
  const seconds = Math.max(0, (now.getTime() - Date.parse(at)) / 1000);
  return (
    <span
      title={format.dateTime(Date.parse(at), { dateStyle: "medium", timeStyle: "short" })}
      className="whitespace-nowrap"
    >
      {seconds < 10 ? t("justNow") : t("since", { duration: duration(seconds) })}
    </span>
  );
}
