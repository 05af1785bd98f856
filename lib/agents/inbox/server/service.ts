import type {
  Candidates,
  CandidatesQuery,
  InboxAvailability,
  InboxAvailabilityQuery,
} from "@/lib/agents/inbox/contract";
import type { QueueTeams } from "@/lib/agents/inbox/queues";
import { pastBoard, pastCandidates } from "@/lib/agents/inbox/server/past";
import type { InboxRepository } from "@/lib/agents/inbox/server/repository";
import { serializeBoard, serializeCandidate, serializeCounts } from "@/lib/agents/inbox/server/serializer";
import type { SubjectFilter } from "@/lib/agents/inbox/server/subjects.sql";
import type { EffectiveService } from "@/lib/availability/effective/server/service";
import { timeAsked } from "@/lib/availability/effective/server/time";
import type { Question } from "@/lib/availability/effective/server/verdict.sql";
import { ApiError } from "@/lib/platform/http/errors";
import type { PageTokens } from "@/lib/platform/http/server/page-token";
import { given } from "@/lib/platform/http/wire";
import { createRecent } from "@/lib/platform/recent";
import type { Actor } from "@/lib/platform/security/permissions";

/** How long a response for the board is shared among callers, in milliseconds. */
const BOARD_MS = 1_000;

interface Dependencies {
  repository: InboxRepository;
  effective: Pick<EffectiveService, "circumstances" | "pastFacts">;
  pageTokens: PageTokens;
  queues: QueueTeams;
}

export function createInboxService({ repository, effective, pageTokens, queues }: Dependencies) {
  const boards = createRecent<InboxAvailability>(BOARD_MS);

  async function questionOf(actor: Actor, at: number, now: Date): Promise<Question> {
    return { ...(await effective.circumstances(actor, at)), at, now: now.getTime() };
  }

  async function factsThen(actor: Actor, at: number, filter: SubjectFilter) {
    return effective.pastFacts(actor, at, await repository.idsOf(actor.workspaceId, filter));
  }

  /** Returns the filter for a queue's primary teams; empty if the queue takes all agents. */
  async function inQueue(actor: Actor, queueId: string): Promise<Pick<SubjectFilter, "queueTeamIds">> {
    const teamIds = await queues.primaryTeams(actor.workspaceId, queueId);
    if (!teamIds)
      throw new ApiError("InvalidQuery", "Some query parameters are not valid. Check queueId.", {
        details: { queueId: ["is not a queue in this workspace."] },
      });
    return teamIds.length > 0 ? { queueTeamIds: teamIds } : {};
  }

  return {
    /** Lists who can take the next conversation, best first. Throws `InvalidQuery` or `InvalidPageToken`. */
    async candidates(actor: Actor, query: CandidatesQuery, now: Date): Promise<Candidates> {
      const { workspaceId } = actor;
      const { channel, limit, pageToken, at: asked, queueId, ...rest } = query;
      const at = timeAsked(asked, now);
      const filter = { ...rest, ...(queueId && (await inQueue(actor, queueId))) };
      const binding = ["candidates", workspaceId, channel, asked ?? null, canonical(filter)];
      const after = pageToken === undefined ? undefined : pageTokens.read(binding, pageToken);
      const page = { limit, after };
      const { results, counts } = await (at < now.getTime()
        ? pastCandidates(await factsThen(actor, at, filter), channel, at, page, (ids) =>
            repository.profiles(workspaceId, ids),
          )
        : repository.candidates(workspaceId, await questionOf(actor, at, now), channel, filter, page));
      const last = results.length > limit ? results[limit - 1] : undefined;
      return {
        results: results.slice(0, limit).map(serializeCandidate),
        ...(last && { nextPageToken: pageTokens.make(binding, last.key) }),
        total: counts.open ?? 0,
        at: new Date(at).toISOString(),
        channel,
        others: serializeCounts(counts),
      };
    },

    /** Counts the agents who can take conversations. Throws `InvalidQuery`. */
    board(actor: Actor, query: InboxAvailabilityQuery, now: Date): Promise<InboxAvailability> {
      const { workspaceId } = actor;
      const { at: asked, ...filter } = query;
      const at = timeAsked(asked, now);
      const question = JSON.stringify([workspaceId, asked ?? null, canonical(filter)]);
      return boards.of(question, now.getTime(), async () => {
        const row = await (at < now.getTime()
          ? pastBoard(await factsThen(actor, at, filter), at, await repository.belongings(workspaceId))
          : repository.board(workspaceId, await questionOf(actor, at, now), filter));
        return serializeBoard(row, at);
      });
    },
  };
}

export type InboxService = ReturnType<typeof createInboxService>;

/** Returns a filter in canonical form, so that equal filters share cached responses and page tokens. */
function canonical(filter: SubjectFilter): unknown {
  return Object.entries(given(filter))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, ids]) => [name, [...ids].sort()]);
}
