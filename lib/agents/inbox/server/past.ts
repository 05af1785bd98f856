import type { BoardGroup, BoardRow } from "@/lib/agents/inbox/server/board.sql";
import type { CandidateRow, CandidatesRow } from "@/lib/agents/inbox/server/candidates.sql";
import type { AvailabilityPolicy } from "@/lib/availability/effective/deciders";
import { loadOf } from "@/lib/availability/effective/deciders";
import type { AvailabilityFacts } from "@/lib/availability/effective/facts";
import {
  compareCandidates,
  firstCode,
  type RankedAgent,
  verdictsAt,
} from "@/lib/availability/effective/rules";
import { type Channel, channels } from "@/lib/availability/effective/values";
import type { KeyPart } from "@/lib/platform/http/server/page-token";

// Answers about the past: applies the rules to past facts.

export interface PastAgent {
  id: string;
  facts: AvailabilityFacts;
  policy: AvailabilityPolicy;
}

type Batches = AsyncIterable<readonly PastAgent[]>;

/** Current data of an agent that is not recorded over time, including the name. */
export interface PastProfile extends Pick<CandidateRow, "id" | "name" | "avatarUrl" | "lastAssignedAt"> {}

/** Returns a page of candidates, best first, and all counts. */
export async function pastCandidates(
  batches: Batches,
  channel: Channel,
  at: number,
  { limit, after }: { limit: number; after: readonly KeyPart[] | undefined },
  profilesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, PastProfile>>,
): Promise<CandidatesRow> {
  const counts: CandidatesRow["counts"] = {};
  const open: PastAgent[] = [];
  for await (const batch of batches)
    for (const agent of batch) {
      const code = firstCode(verdictsAt(agent.facts, agent.policy, at)[channel]) ?? "open";
      counts[code] = (counts[code] ?? 0) + 1;
      if (code === "open") open.push(agent);
    }
  const profiles = await profilesOf(open.map(({ id }) => id));
  const ranked = open.flatMap(({ id, facts }) => {
    const profile = profiles.get(id);
    if (!profile) return [];
    const last = profile.lastAssignedAt;
    const rank: RankedAgent = {
      agentId: id,
      ...loadOf(facts, channel, at),
      lastAssignedAt: last === null ? null : new Date(last).getTime(),
    };
    return [{ profile, facts, rank }];
  });
  ranked.sort((one, other) => compareCandidates(one.rank, other.rank));
  const page = after ? ranked.filter(({ rank }) => compareCandidates(rank, rankOf(after)) > 0) : ranked;
  return {
    counts,
    results: page.slice(0, limit + 1).map(({ profile, facts: { declared }, rank }) => ({
      ...profile,
      status: declared.status,
      activity: (declared.activityExpiresAt ?? at + 1) <= at ? "available" : declared.activity,
      open: rank.open,
      offered: rank.offered,
      capacity: rank.capacity ?? null,
      key: [rank.open, rank.capacity ?? "", rank.lastAssignedAt ?? "", rank.agentId],
    })),
  };
}

/** Returns the rank in a key of `pastCandidates`. */
function rankOf([open, capacity, lastAssignedAt, agentId]: readonly KeyPart[]): RankedAgent {
  return {
    agentId: String(agentId),
    open: Number(open),
    offered: 0,
    capacity: capacity === "" ? undefined : Number(capacity),
    lastAssignedAt: lastAssignedAt === "" ? null : Number(lastAssignedAt),
  };
}

/** The current teams or skills of agents. */
export interface Belonging {
  id: string;
  name: string;
  agentIds: readonly string[];
}

/** Counts for the board. */
export async function pastBoard(
  batches: Batches,
  at: number,
  { teams, skills }: { teams: readonly Belonging[]; skills: readonly Belonging[] },
): Promise<BoardRow> {
  const groups: BoardGroup[] = [];
  const openById = new Map<string, boolean[]>();
  for await (const batch of batches)
    for (const { id, facts, policy } of batch) {
      const verdicts = verdictsAt(facts, policy, at);
      groups.push({
        agents: 1,
        codes: channels.map((channel) => firstCode(verdicts[channel]) ?? null),
        room: channels.map((channel) => verdicts[channel].room ?? null),
      });
      openById.set(
        id,
        channels.map((channel) => verdicts[channel].open),
      );
    }
  const partsOf = (all: readonly Belonging[]) =>
    all.flatMap(({ id, name, agentIds }) => {
      const matching = agentIds.flatMap((agentId) =>
        [openById.get(agentId) ?? []].filter((o) => o.length > 0),
      );
      if (matching.length === 0) return [];
      const open = channels.map((_, index) => matching.filter((each) => each[index]).length);
      return [{ id, name, agents: matching.length, open }];
    });
  return { groups, teams: partsOf(teams), skills: partsOf(skills) };
}
