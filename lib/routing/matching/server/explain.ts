import { agentNotFound, resolveAgent } from "@/lib/access/auth/server/agent-reference";
import { serializeCandidate } from "@/lib/agents/inbox/server/serializer";
import type { EffectiveService } from "@/lib/availability/effective/server/service";
import type { Question } from "@/lib/availability/effective/server/verdict.sql";
import { type Channel, channels } from "@/lib/availability/effective/values";
import type { Delegates } from "@/lib/hours/time-off/server/delegates";
import type { AgentReference } from "@/lib/platform/http/paths";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import { optional } from "@/lib/platform/http/wire";
import { createRecent } from "@/lib/platform/recent";
import type { Actor } from "@/lib/platform/security/permissions";
import { conversationNotFound } from "@/lib/routing/conversations/server/dependencies";
import type {
  AgentDecision,
  ConversationExplanation,
  QueueStatus,
  WaitingReasons,
} from "@/lib/routing/matching/contract";
import { entriesOf, type Reach, reachAt, stepAfter, waitedSeconds } from "@/lib/routing/matching/rules";
import type { Choice } from "@/lib/routing/matching/server/explain.sql";
import type { ExplainedRow, ExplainRepository } from "@/lib/routing/matching/server/explain-repository";
import {
  choiceAt,
  choiceOf,
  countJustAsked,
  justAskedOf,
  presentReach,
  rankedAmong,
  rulesOf,
  tallies,
  waitingSince,
} from "@/lib/routing/matching/server/explain-rules";
import {
  serializeAgentDecision,
  serializeDecision,
  serializeQueueStatus,
} from "@/lib/routing/matching/server/explain-serializer";

interface Dependencies {
  repository: ExplainRepository;
  effective: Pick<EffectiveService, "circumstances">;
  delegates: Pick<Delegates, "at">;
  pageTokens: PageTokens;
}

const noReach: Reach = { teamIds: new Set(), requiredSkills: [] };

/** How long the status of queues serves all who ask. */
const STATUS_MS = 1_000;
const CANDIDATES = 10;

/** Explains the matcher's decisions, and why conversations wait. */
export function createExplainService({ repository, effective, delegates, pageTokens }: Dependencies) {
  const statuses = createRecent<QueueStatus>(STATUS_MS);

  async function questionOf(actor: Actor, at: number): Promise<Question> {
    return { ...(await effective.circumstances(actor, at)), at, now: at };
  }

  async function openAmong(
    { workspaceId }: Actor,
    question: Question,
    wanted: readonly Channel[],
    agentIds: readonly string[],
  ) {
    return agentIds.length === 0
      ? []
      : await repository.openAmong(workspaceId, question, wanted, [...new Set(agentIds)]);
  }

  /** Returns the delegate of the preferred agent, if that agent is off. */
  async function preferredOf(actor: Actor, row: ExplainedRow, at: number): Promise<string | null> {
    const { preferredAgentId } = row;
    if (preferredAgentId === null) return null;
    return (await delegates.at(actor.workspaceId, at)).get(preferredAgentId) ?? preferredAgentId;
  }

  /** Returns who may take a conversation, entry by entry, and the best of those who can take it now. */
  async function choicesOf(actor: Actor, row: ExplainedRow, at: number) {
    if (row.queue === null) return { steps: [], candidates: [] };
    const { workspaceId } = actor;
    const queue = rulesOf(row.queue);
    const entries = entriesOf(queue);
    const queuedAt = waitingSince(row, entries, at);
    const entry = stepAfter(entries, waitedSeconds({ queuedAt }, at));
    const question = await questionOf(actor, at);
    const { groups, open } = await repository.count(
      workspaceId,
      question,
      [row.channel],
      [choiceOf(entries, row.requiredSkills)],
      { queueId: queue.id, entry, hasRamp: queue.rampSeconds > 0 },
    );
    const justAsked = await openAmong(actor, question, [row.channel], justAskedOf(row, at));
    const preferredAgentId = await preferredOf(actor, row, at);
    const best = rankedAmong(open, { ...row, preferredAgentId, queue, queuedAt }, at).slice(0, CANDIDATES);
    const profiles = await repository.profiles(
      workspaceId,
      best.map(({ id }) => id),
      at,
    );
    const profileById = new Map(profiles.map((profile) => [profile.id, profile]));
    return {
      steps: entries.map(({ afterSeconds }, step) => ({
        step,
        afterSeconds,
        ...tallies(
          groups.filter((group) => group.entry <= step),
          0,
        ),
        ...countJustAsked(justAsked, row.channel, reachAt(entries, step, row.requiredSkills)),
      })),
      candidates: best.flatMap((agent) => {
        const profile = profileById.get(agent.id);
        if (!profile) return [];
        const { lastAssignedAt } = agent;
        return [
          serializeCandidate({
            ...profile,
            ...agent,
            lastAssignedAt: lastAssignedAt === null ? null : new Date(lastAssignedAt),
            key: [],
          }),
        ];
      }),
    };
  }

  return {
    /**
     * Explains why a conversation waits, or why it was assigned to its agent. Throws `ConversationNotFound`.
     */
    async conversation(actor: Actor, id: string, now: Date): Promise<ConversationExplanation> {
      const at = now.getTime();
      const row = await repository.explained(actor.workspaceId, id, at);
      if (!row) throw conversationNotFound();
      return {
        conversationId: row.id,
        at: now.toISOString(),
        state: row.state,
        ...(row.ahead === null ? {} : { position: row.ahead + 1, ahead: row.ahead }),
        ...(await choicesOf(actor, row, at)),
        ...optional("decision", row.decision && serializeDecision(row.decision)),
      };
    },

    /**
     * Counts the agents who could take each waiting conversation. Conversations with the same choice share
     * one count.
     */
    async waitingReasons(actor: Actor, ids: readonly string[], now: Date): Promise<WaitingReasons> {
      const at = now.getTime();
      const rows = await repository.waiting(actor.workspaceId, ids, at);
      const wanted = channels.filter((channel) => rows.some((row) => row.channel === channel));
      const [first, ...others] = wanted;
      if (first === undefined) return { at: now.toISOString(), results: [] };
      const reaches = rows.map((row) => presentReach(row, at));
      const asked = distinct(
        reaches.map(({ teamIds, requiredSkills }) => choiceAt([...(teamIds ?? [])], requiredSkills)),
      );
      const question = await questionOf(actor, at);
      const { groups } = await repository.count(
        actor.workspaceId,
        question,
        [first, ...others],
        asked.choices,
      );
      const justAsked = rows.map((row) => justAskedOf(row, at));
      const open = await openAmong(actor, question, wanted, justAsked.flat());
      const openOf = (ids: readonly string[] = []) => open.filter((agent) => ids.includes(agent.id));
      return {
        at: now.toISOString(),
        results: rows.map(({ id, channel }, nth) => ({
          conversationId: id,
          ...tallies(
            groups.filter(({ choice }) => choice === asked.places[nth]),
            wanted.indexOf(channel),
          ),
          ...countJustAsked(openOf(justAsked[nth]), channel, reaches[nth] ?? noReach),
        })),
      };
    },

    /** Counts what waits in each queue and who can take it. Computed at most once a second. */
    queueStatus(actor: Actor, now: Date): Promise<QueueStatus> {
      const at = now.getTime();
      return statuses.of(actor.workspaceId, at, async () => {
        const rows = await repository.queueStatus(actor.workspaceId, at);
        const asked = distinct(rows.map(({ teamIds }) => choiceAt(teamIds)));
        const { groups } =
          rows.length === 0
            ? { groups: [] }
            : await repository.count(actor.workspaceId, await questionOf(actor, at), channels, asked.choices);
        const openOn = (place: number | undefined, channel: Channel) =>
          tallies(
            groups.filter(({ choice }) => choice === place),
            channels.indexOf(channel),
          ).open;
        return {
          at: now.toISOString(),
          queues: rows.map((row, nth) =>
            serializeQueueStatus(row, (channel) => openOn(asked.places[nth], channel)),
          ),
        };
      });
    },

    /**
     * Lists why conversations were assigned to an agent, newest first. Throws `AgentNotFound` or
     * `InvalidPageToken`.
     */
    async decisions(
      actor: Actor,
      reference: AgentReference,
      { limit, pageToken }: { limit: number; pageToken?: string | undefined },
    ): Promise<{ results: AgentDecision[]; nextPageToken?: string; total: number }> {
      const { workspaceId } = actor;
      const agentId = resolveAgent(actor, reference);
      const binding = ["decisions", workspaceId, agentId];
      const [before, beforeId] = pageToken === undefined ? [] : pageTokens.read(binding, pageToken);
      if (!(await repository.hasAgent(workspaceId, agentId))) throw agentNotFound();
      const after = before === undefined ? undefined : { before: Number(before), beforeId: String(beforeId) };
      const { rows, total } = await repository.decisions(workspaceId, agentId, { limit, after });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        results: shown.map(serializeAgentDecision),
        ...(last && rows.length > limit
          ? { nextPageToken: pageTokens.make(binding, [new Date(last.at).getTime(), last.id]) }
          : {}),
        total,
      };
    },
  };
}

export type ExplainService = ReturnType<typeof createExplainService>;

/** Returns the distinct choices of a list, and the index among them for each one of the list. */
function distinct(list: readonly Choice[]): { choices: Choice[]; places: number[] } {
  const placeByKey = new Map<string, number>();
  const choices: Choice[] = [];
  const places = list.map((choice) => {
    const key = JSON.stringify(choice);
    const known = placeByKey.get(key);
    if (known !== undefined) return known;
    placeByKey.set(key, choices.length);
    return choices.push(choice) - 1;
  });
  return { choices, places };
}
