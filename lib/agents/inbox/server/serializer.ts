import type { Candidate, InboxAvailability } from "@/lib/agents/inbox/contract";
import type { BoardPart, BoardRow } from "@/lib/agents/inbox/server/board.sql";
import type { CandidateRow, CandidatesRow } from "@/lib/agents/inbox/server/candidates.sql";
import { type Channel, type Code, channels, codes } from "@/lib/availability/effective/values";
import { optional, timestamp } from "@/lib/platform/http/wire";

export function serializeCandidate(row: CandidateRow): Candidate {
  return {
    agentId: row.id,
    name: row.name,
    ...optional("avatarUrl", row.avatarUrl),
    status: row.status,
    activity: row.activity,
    open: row.open,
    offered: row.offered,
    ...optional("capacity", row.capacity),
    ...optional("lastAssignedAt", row.lastAssignedAt === null ? null : timestamp(row.lastAssignedAt)),
  };
}

/** Returns the numbers of closed agents in the order of codes, without zeros. */
export function serializeCounts(counts: CandidatesRow["counts"]): { [code in Code]?: number } {
  return Object.fromEntries(
    codes.flatMap((code) => (counts[code] === undefined ? [] : [[code, counts[code]]])),
  );
}

export function serializeBoard({ groups, teams, skills }: BoardRow, at: number): InboxAvailability {
  return {
    at: new Date(at).toISOString(),
    agents: groups.reduce((sum, { agents }) => sum + agents, 0),
    channels: byChannel((index) => {
      const counts: { [code in Code | "open"]?: number } = {};
      let room: number | null = 0;
      for (const group of groups) {
        const code = group.codes[index] ?? "open";
        counts[code] = (counts[code] ?? 0) + group.agents;
        const more = group.room[index] ?? null;
        if (code === "open") room = room === null || more === null ? null : room + more;
      }
      return { open: counts.open ?? 0, ...optional("room", room), closed: serializeCounts(counts) };
    }),
    teams: teams.map(({ id, ...part }) => ({ teamId: id, ...serializePart(part) })),
    skills: skills.map(({ id, ...part }) => ({ skillId: id, ...serializePart(part) })),
  };
}

function serializePart({ name, agents, open }: Omit<BoardPart, "id">) {
  return { name, agents, open: byChannel((index) => open[index] ?? 0) };
}

function byChannel<Value>(make: (index: number) => Value): { [channel in Channel]: Value } {
  const entries = channels.map((channel, index) => [channel, make(index)] as const);
  return Object.fromEntries(entries) as { [channel in Channel]: Value };
}
