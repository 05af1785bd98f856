import type { RosterAgent } from "@/lib/agents/coverage/roster";
import type { CoverageRepository, GroupRow, Memberships } from "@/lib/agents/coverage/server/repository";
import { type Channel, channels } from "@/lib/availability/effective/values";
import type { Calendars } from "@/lib/hours/calendar/server/calendars";
import type { AgentId, AuthorizedWorkspaceId } from "@/lib/platform/ids";

/** Everything that coverage counts in a workspace. */
export interface Roster extends Memberships {
  readonly agents: readonly RosterAgent[];
}

/** Extra days to load on each side, because agents' zones differ from the workspace's. */
const MARGIN_DAYS = 3;

/** Loads all agents of a workspace with their calendars around some days (epoch days, both included). */
export function createRosters(
  repository: Pick<CoverageRepository, "memberships">,
  calendars: Pick<Calendars, "all">,
) {
  return async (
    workspaceId: AuthorizedWorkspaceId,
    days: { from: number; to: number },
    known?: Memberships,
  ): Promise<Roster> => {
    const around = { from: days.from - MARGIN_DAYS, to: days.to + MARGIN_DAYS };
    const [memberships, byAgent] = await Promise.all([
      known ?? repository.memberships(workspaceId),
      calendars.all(workspaceId, around),
    ]);
    const teams = groupsByAgent(memberships.teams);
    const skills = groupsByAgent(memberships.skills);
    const without = {
      messaging: new Set<string>(memberships.without.messaging),
      email: new Set<string>(memberships.without.email),
    };
    const agents = [...byAgent].map(([id, calendar]) => ({
      id,
      calendar,
      teamIds: teams.get(id) ?? none,
      skillIds: skills.get(id) ?? none,
      channels: channelsOf(id, without),
    }));
    return { ...memberships, agents };
  };
}

export type Rosters = ReturnType<typeof createRosters>;

const none: readonly string[] = [];

function groupsByAgent(groups: readonly GroupRow[]): Map<AgentId, string[]> {
  const found = new Map<AgentId, string[]>();
  for (const { id, agentIds } of groups)
    for (const agentId of agentIds) {
      const others = found.get(agentId);
      if (others) others.push(id);
      else found.set(agentId, [id]);
    }
  return found;
}

function channelsOf(
  id: string,
  without: { messaging: ReadonlySet<string>; email: ReadonlySet<string> },
): readonly Channel[] {
  if (!without.messaging.has(id) && !without.email.has(id)) return channels;
  return channels.filter((channel) => channel === "voice" || !without[channel].has(id));
}
