"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { CalendarCheck } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { type Face, usePeople } from "@/components/settings/kit/agent-search";
import { PartFailed } from "@/components/shell/part-failed";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { usePageKeys } from "@/components/ui/page-keys";
import { Skeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import { notify } from "@/components/ui/toast";
import { allTimeOffQuery } from "@/lib/hours/time-off/client/queries";
import { allTimeOffTypesQuery } from "@/lib/hours/time-off/client/time-off-types";
import { useDecideTimeOff } from "@/lib/hours/time-off/client/writes";
import type { TimeOff } from "@/lib/hours/time-off/contract";
import { smallPicture } from "@/lib/workforce/media/rules";
import { CostOf, costQuery } from "./cost-strip";
import { DecideDialog } from "./decide-dialog";
import { useTimeOffWords } from "./use-time-off-words";

/** Requests shown initially; each loads its cost. */
const shownAtFirst = 10;

/**
 * Loads the open requests, and the costs of the first `count`. `ready` is the number of requests to show. During
 * the first load, a request waits for the costs of all before it, to avoid layout shifts.
 */
export function useRequests(count = shownAtFirst, isEnabled = true) {
  const { workspace } = useWorkspace();
  const requests = useQuery({
    ...allTimeOffQuery(workspace.id, { states: ["requested"] }),
    enabled: isEnabled,
  });
  const shown = requests.data?.slice(0, count) ?? [];
  const costs = useQueries({
    queries: shown.map((request) => costQuery(workspace.id, request.agentId, request)),
  });
  const unknown = costs.findIndex(({ isLoading }) => isLoading);
  const [isLoaded, setLoaded] = useState(false);
  if (!isLoaded && requests.data && unknown < 0) setLoaded(true);
  return { requests, shown, ready: isLoaded || unknown < 0 ? shown.length : unknown, isLoaded };
}

type Decision = "approved" | "declined";

/** The open requests with the cost of each. `j` and `k` move, `a` approves, `d` declines. */
export function RequestList() {
  const t = useTranslations("calendar.timeOff.requests");
  const [count, setCount] = useState(shownAtFirst);
  const { requests, shown, ready } = useRequests(count);
  const list = useRef<HTMLUListElement>(null);
  const personOf = usePeople(shown.flatMap(({ agentId, delegateAgentId }) => [agentId, delegateAgentId]));
  const decide = useDecide();
  const [asked, setAsked] = useState<{ request: TimeOff; state: Decision }>();
  const nameOf = (request: TimeOff) => personOf(request.agentId)?.name ?? "";

  const cards = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-request]") ?? [])];
  const focusCard = (card: HTMLElement | undefined) => {
    card?.querySelector<HTMLElement>("[data-approve]")?.focus();
    card?.scrollIntoView({ block: "nearest" });
  };
  const current = () => cards().findIndex((card) => card.contains(document.activeElement));

  function move(by: 1 | -1) {
    const at = current();
    focusCard(at < 0 ? cards()[0] : cards()[at + by]);
  }

  /** Returns what focuses the request after this one. A decided request leaves the list and loses the focus. */
  function focusNext(request: TimeOff) {
    const at = cards().findIndex((card) => card.dataset.request === request.id);
    return () => requestAnimationFrame(() => focusCard(cards()[at] ?? cards().at(-1)));
  }

  function approve(request: TimeOff) {
    const focus = focusNext(request);
    void decide(request, nameOf(request), "approved", "");
    focus();
  }

  function onFocused(act: (request: TimeOff) => void) {
    const at = current();
    const request = shown[at];
    if (request) act(request);
    else focusCard(cards()[0]);
  }

  usePageKeys({
    j: () => move(1),
    k: () => move(-1),
    a: () => onFocused(approve),
    d: () => onFocused((request) => setAsked({ request, state: "declined" })),
  });

  return (
    <section aria-labelledby="requests" className="min-w-0 space-y-3">
      <div className="flex items-baseline gap-3">
        <h2 id="requests" className="font-semibold text-lg">
          {t("title")}
        </h2>
        {requests.data && (
          <p role="status" className="text-muted text-sm tabular-nums">
            {t("count", { count: requests.data.length })}
          </p>
        )}
      </div>
      {requests.error && !requests.data ? (
        <PartFailed error={requests.error} onRetry={() => void requests.refetch()} />
      ) : !requests.data ? (
        <Skeleton className="h-52 rounded-xl" />
      ) : requests.data.length === 0 ? (
        <p className="flex items-center gap-3 rounded-xl border border-line bg-surface p-4 text-muted">
          <CalendarCheck aria-hidden="true" className="size-5 shrink-0" />
          {t("noneText")}
        </p>
      ) : (
        <ul ref={list} className="space-y-3">
          {shown.slice(0, ready).map((request) => (
            <Request
              key={request.id}
              request={request}
              person={personOf(request.agentId)}
              delegate={personOf(request.delegateAgentId)?.name}
              onApprove={() => approve(request)}
              onAsk={(state) => setAsked({ request, state })}
            />
          ))}
          {ready < shown.length && (
            // The key makes React replace the placeholder instead of moving it, which would be a layout shift.
            <li key={ready}>
              <Skeleton className="h-52 rounded-xl" />
            </li>
          )}
        </ul>
      )}
      {requests.data && requests.data.length > count && (
        <Button look="quiet" onPress={() => setCount((before) => before + shownAtFirst)}>
          {t("showMore", { count: Math.min(shownAtFirst, requests.data.length - count) })}
        </Button>
      )}
      {asked && (
        <DecideDialog
          name={nameOf(asked.request)}
          state={asked.state}
          onDecide={async (comment) => {
            const focus = focusNext(asked.request);
            const isDecided = await decide(asked.request, nameOf(asked.request), asked.state, comment);
            if (isDecided) focus();
            return isDecided;
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}

/** Returns a function that decides on a request and shows a toast. It returns whether that succeeded. */
function useDecide() {
  const t = useTranslations("calendar.timeOff.requests");
  const problemText = useProblemText();
  const { workspace } = useWorkspace();
  const { mutateAsync } = useDecideTimeOff(workspace.id);
  return (request: TimeOff, name: string, state: Decision, comment: string) =>
    mutateAsync({ timeOff: request, state, comment }).then(
      () => {
        notify({ kind: "success", title: t(state, { name }) });
        return true;
      },
      (error: unknown) => {
        notify({ kind: "error", title: t("notDecided"), detail: problemText(error) });
        return false;
      },
    );
}

function Request({
  request,
  person,
  delegate,
  onApprove,
  onAsk,
}: {
  request: TimeOff;
  person: Face | undefined;
  delegate: string | undefined;
  onApprove: () => void;
  onAsk: (state: Decision) => void;
}) {
  const all = useTranslations("calendar.timeOff");
  const t = useTranslations("calendar.timeOff.requests");
  const { workspace } = useWorkspace();
  const types = useQuery(allTimeOffTypesQuery(workspace.id));
  const words = useTimeOffWords();
  const name = person?.name ?? "";
  const length = words.length(request);
  return (
    <li
      data-request={request.id}
      className="space-y-3 rounded-xl border border-line bg-surface p-4 focus-within:border-accent"
    >
      <div className="flex items-start gap-3">
        <Avatar name={name} src={person && smallPicture(person.avatarUrl)} />
        <div className="min-w-0 flex-1">
          <h3 className="flex min-h-5 flex-wrap items-center gap-x-2 font-medium">
            <span className="truncate">{name || " "}</span>
            <Tag>{types.data?.find(({ id }) => id === request.typeId)?.name ?? all("privateType")}</Tag>
          </h3>
          <p className="tabular-nums">
            {words.when(request)}
            {length && <span className="text-muted"> · {length}</span>}
          </p>
          {request.note && (
            <p className="whitespace-pre-line break-words text-muted text-sm [unicode-bidi:plaintext] ltr:text-left rtl:text-right">
              {request.note}
            </p>
          )}
          {request.delegateAgentId && (
            <p className="text-muted text-sm">{all("cover", { name: delegate ?? all("someone") })}</p>
          )}
        </div>
      </div>
      <CostOf agentId={request.agentId} time={request} mostShown={1} reservesSpace={false} />
      <div className="flex flex-wrap gap-2 sm:justify-end">
        <Button look="quiet" onPress={() => onAsk("approved")} className="max-sm:w-full">
          {t("withComment")}
        </Button>
        <Button
          aria-label={t("declineFor", { name })}
          onPress={() => onAsk("declined")}
          className="max-sm:flex-1"
        >
          {t("decline")}
        </Button>
        <Button
          look="primary"
          data-approve=""
          aria-label={t("approveFor", { name })}
          onPress={onApprove}
          className="max-sm:flex-1"
        >
          {t("approve")}
        </Button>
      </div>
    </li>
  );
}
