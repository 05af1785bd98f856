"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleSlash } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useCodeWord } from "@/components/availability/code-words";
import { statusMarks } from "@/components/availability/status-menu";
import { useFoundAgents } from "@/components/settings/kit/agent-search";
import { useProblemText } from "@/components/shell/problem-text";
import { useFormatter } from "@/components/shell/time";
import { useList } from "@/components/shell/use-list";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SearchField } from "@/components/ui/search-field";
import { StatusMark } from "@/components/ui/status-mark";
import { useDebounced } from "@/components/ui/use-debounced";
import type { Candidate } from "@/lib/agents/inbox/contract";
import { verdictsQuery } from "@/lib/availability/effective/client/queries";
import { type Code, codes } from "@/lib/availability/effective/values";
import { RequestError } from "@/lib/platform/client/client";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { conversationExplanationQuery } from "@/lib/routing/matching/client/queries";
import { smallPicture } from "@/lib/workforce/media/rules";
import { ConversationPart } from "./conversation-part";
import { useAct } from "./use-act";

/** Maximum number of agents to find. */
const mostFound = 12;

interface Person {
  id: string;
  name: string;
  avatarUrl: string | undefined;
}

/** A refused assignment that the user can force. */
interface Refusal {
  agent: Person;
  codes: Code[];
}

/** Assigns a conversation manually: to a ranked candidate, or to any agent, with the reasons against it. */
export function ConversationAssign({
  conversation,
  onDone,
}: {
  conversation: Conversation;
  onDone: () => void;
}) {
  const t = useTranslations("routing.panel");
  const { workspace } = useWorkspace();
  const { data } = useQuery(conversationExplanationQuery(workspace.id, conversation.id));
  const word = useCodeWord();
  const list = useList();
  const problemText = useProblemText();
  const act = useAct(conversation);
  const [refusal, setRefusal] = useState<Refusal>();
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState<string>();

  async function assign(agent: Person, force: boolean) {
    setRefusal(undefined);
    setProblem(undefined);
    setPending(agent.id);
    try {
      await act.assign(agent, force);
      return onDone();
    } catch (error) {
      if (error instanceof RequestError && error.code === "AgentNotAvailable") {
        const named = error.details.agentId ?? [];
        setRefusal({ agent, codes: codes.filter((code) => named.includes(code)) });
      } else setProblem(problemText(error));
    }
    setPending(undefined);
  }

  const candidates = data?.candidates.filter(({ agentId }) => agentId !== conversation.agentId);
  return (
    <>
      {refusal && (
        <Callout
          look="warning"
          role="alert"
          action={
            <Button size="small" autoFocus onPress={() => void assign(refusal.agent, true)}>
              {t("assignAnyway")}
            </Button>
          }
        >
          {t("refused", { name: refusal.agent.name, reasons: list(refusal.codes.map(word)) })}
        </Callout>
      )}
      {problem && (
        <Callout look="danger" role="alert">
          {`${t("notAssigned")}. ${problem}`}
        </Callout>
      )}
      <ConversationPart title={t("candidates")}>
        {candidates?.length === 0 && <p className="text-muted">{t("noCandidates")}</p>}
        {candidates && candidates.length > 0 && (
          <ol aria-label={t("candidates")} className="divide-y divide-line rounded-lg border border-line">
            {candidates.map((candidate, place) => (
              <CandidateRow
                key={candidate.agentId}
                candidate={candidate}
                place={place + 1}
                isPending={pending === candidate.agentId}
                onAssign={() =>
                  void assign({ ...candidate, id: candidate.agentId, avatarUrl: candidate.avatarUrl }, false)
                }
              />
            ))}
          </ol>
        )}
      </ConversationPart>
      <Others
        conversation={conversation}
        pending={pending}
        onAssign={(agent, force) => void assign(agent, force)}
      />
    </>
  );
}

function CandidateRow({
  candidate,
  place,
  isPending,
  onAssign,
}: {
  candidate: Candidate;
  place: number;
  isPending: boolean;
  onAssign: () => void;
}) {
  const t = useTranslations("routing.panel");
  const words = useTranslations("availability");
  const format = useFormatter();
  const { name, avatarUrl, status, activity, open, offered, capacity } = candidate;
  const load = open + offered;
  return (
    <PersonRow
      lead={
        <span className="w-4 shrink-0 text-end text-muted text-sm tabular-nums">{format.number(place)}</span>
      }
      person={{ id: candidate.agentId, name, avatarUrl }}
      note={
        <span className="flex items-center gap-1.5">
          <StatusMark mark={statusMarks[status]} />
          {status === "active" && activity !== "available"
            ? words(`activity.${activity}`)
            : words(`status.${status}`)}
          <span className="tabular-nums">
            {" · "}
            {capacity === undefined ? t("loadNoLimit", { load }) : t("load", { load, capacity })}
          </span>
        </span>
      }
      action={
        <Button size="small" isPending={isPending} aria-label={t("assignTo", { name })} onPress={onAssign}>
          {t("assign")}
        </Button>
      }
    />
  );
}

function PersonRow({
  lead,
  person,
  note,
  action,
}: {
  lead?: ReactNode;
  person: Person;
  note: ReactNode;
  action: ReactNode;
}) {
  const { href } = useWorkspace();
  return (
    <li className="flex min-h-12 items-center gap-2.5 px-3 py-1.5">
      {lead}
      <Avatar name={person.name} src={smallPicture(person.avatarUrl)} size="small" />
      <span className="min-w-0 flex-1">
        <a
          href={href(`/agents/${person.id}`)}
          dir="auto"
          className="block truncate rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-accent"
        >
          {person.name}
        </a>
        <span className="block truncate text-muted text-sm">{note}</span>
      </span>
      <span className="shrink-0">{action}</span>
    </li>
  );
}

/** Finds any agent and shows why they can't take the conversation. */
function Others({
  conversation,
  pending,
  onAssign,
}: {
  conversation: Conversation;
  pending: string | undefined;
  onAssign: (agent: Person, force: boolean) => void;
}) {
  const t = useTranslations("routing.panel");
  const { workspace } = useWorkspace();
  const [search, setSearch] = useState("");
  const wanted = useDebounced(search.trim());
  const found = useFoundAgents(wanted);
  const agents = wanted === "" ? [] : (found.data?.agents.slice(0, mostFound) ?? []);
  const ids = agents.map(({ id }) => id);
  const { data: verdicts } = useQuery(verdictsQuery(workspace.id, ids));
  const word = useCodeWord();
  const list = useList();
  return (
    <ConversationPart title={t("others")}>
      <p className="text-muted text-sm">{t("othersHelp")}</p>
      <SearchField label={t("search")} placeholder={t("search")} value={search} onChange={setSearch} />
      {wanted !== "" && found.data && agents.length === 0 && (
        <p role="status" className="text-muted">
          {t("nobodyFound", { search: wanted })}
        </p>
      )}
      {agents.length > 0 && (
        <ul aria-label={t("others")} className="divide-y divide-line rounded-lg border border-line">
          {agents.map((agent) => {
            const closedBy = verdicts?.get(agent.id)?.[conversation.channel];
            const isClosed = closedBy !== undefined && closedBy.length > 0;
            const hasIt = agent.id === conversation.agentId;
            return (
              <PersonRow
                key={agent.id}
                person={agent}
                note={
                  closedBy === undefined ? (
                    " "
                  ) : isClosed ? (
                    <span className="flex items-center gap-1.5">
                      <CircleSlash aria-hidden="true" className="size-3.5 shrink-0" />
                      <span className="truncate">{list(closedBy.map(word))}</span>
                    </span>
                  ) : (
                    <span className="flex items-center gap-1.5 text-success">
                      <CircleCheck aria-hidden="true" className="size-3.5 shrink-0" />
                      {t("canTake")}
                    </span>
                  )
                }
                action={
                  hasIt ? (
                    <span className="text-muted text-sm">{t("has")}</span>
                  ) : (
                    closedBy !== undefined && (
                      <Button
                        size="small"
                        isPending={pending === agent.id}
                        aria-label={t(isClosed ? "assignAnywayTo" : "assignTo", { name: agent.name })}
                        onPress={() => onAssign(agent, isClosed)}
                      >
                        {t(isClosed ? "assignAnyway" : "assign")}
                      </Button>
                    )
                  )
                }
              />
            );
          })}
        </ul>
      )}
    </ConversationPart>
  );
}
