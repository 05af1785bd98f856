import type { Channel } from "@/lib/availability/effective/values";
import { subjects } from "@/lib/outward/demo/subjects";
import type { Rows } from "@/lib/testing/factories";
import type { Random } from "@/lib/testing/random";
import type { RoutingData } from "./data/conversations";
import type { Doer } from "./history";
import { type DemoWorkspace, idOf } from "./settings";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

type Conversation = Rows["conversations"][number];

interface Context {
  workspace: DemoWorkspace;
  now: number;
  /** Assigns conversations manually. */
  boss: Doer;
  /** A separate random generator from that of agents, so that changes to one don't affect the other. */
  random: Random;
}

/** Number of calls in progress. */
const calls = 6;

/**
 * Adds queues and conversations to agents according to the counts in their states. Triggers count them, so
 * the states are returned without counts.
 */
export function withConversations(
  agents: Partial<Rows>,
  data: RoutingData,
  { workspace, now, boss, random }: Context,
): Partial<Rows> {
  const { queues, teams } = makeQueues(data, workspace, random);
  const queueIds = new Map(queues.map(({ name, id }) => [name, id]));
  const general = queues.find(({ isDefault }) => isDefault)?.id ?? null;
  const conversations: Conversation[] = [];
  const decisions: Rows["routingDecisions"] = [];
  const teamOf = new Map(agents.teamMembers?.map(({ agentId, teamId }) => [agentId, teamId]));
  const queueOf = new Map(
    data.queues.flatMap(({ name, primary = [] }) =>
      primary.map((team) => [idOf(workspace.teams, team), idOf(queueIds, name)]),
    ),
  );
  const onPhone = new Set(phones());

  function phones(): string[] {
    const voice = workspace.teams.get("Voice");
    return (agents.agentStates ?? [])
      .filter(({ agentId, status, lastAssignedAt }) =>
        Boolean(status === "active" && lastAssignedAt && teamOf.get(agentId) === voice),
      )
      .map(({ agentId }) => agentId)
      .slice(0, calls);
  }

  function add(
    row: Omit<Conversation, "workspaceId" | "id" | "externalId" | "createdAt" | "updatedAt">,
    at: number,
  ) {
    const id = random.id(at);
    const updatedAt = row.closedAt ?? row.assignedAt ?? new Date(at);
    conversations.push({
      workspaceId: workspace.id,
      id,
      externalId: `${row.channel}-${random.integer(100_000, 999_999)}-${conversations.length}`,
      createdAt: new Date(at),
      updatedAt,
      ...row,
    });
    return id;
  }

  /** Adds a conversation that was assigned to an agent at a time (epoch milliseconds). */
  function give(
    agentId: string,
    channel: Channel,
    assignedAt: number,
    closedAt?: number,
    forced = false,
  ): void {
    const waited = random.integer(2, channel === "email" ? 900 : 120) * SECOND;
    const queueId = queueOf.get(teamOf.get(agentId) ?? "") ?? general;
    const id = add(
      {
        channel,
        subject: channel === "voice" ? null : random.pick(subjects[channel]),
        queueId,
        state: closedAt === undefined ? "assigned" : "closed",
        agentId,
        forced,
        queuedAt: new Date(assignedAt - waited),
        assignedAt: new Date(assignedAt),
        closedAt: closedAt === undefined ? null : new Date(closedAt),
      },
      assignedAt - waited,
    );
    const considered = random.integer(3, 40);
    decisions.push({
      workspaceId: workspace.id,
      id: random.id(assignedAt),
      conversationId: id,
      at: new Date(assignedAt),
      agentId,
      ...(forced
        ? {
            kind: "manual" as const,
            rank: 0,
            considered: 0,
            codes: ["atCapacity"],
            actorKind: boss.kind,
            actorId: boss.id,
            actorName: boss.name,
          }
        : {
            kind: "automatic" as const,
            rank: 1,
            considered,
            codes: [],
            actorKind: "system" as const,
            actorName: "Rollcall",
          }),
    });
  }

  const agentStates = (agents.agentStates ?? []).map((state) => {
    const { messagingCount = 0, emailCount = 0, assignedCount: _, ...rest } = state;
    if (!rest.lastAssignedAt) return rest;
    const { agentId } = rest;
    const last = new Date(rest.lastAssignedAt).getTime();
    const from = Number(agents.agents?.find(({ id }) => id === agentId)?.createdAt ?? 0);
    const rule = workspace.rules.find(({ id, isDefault }) =>
      rest.capacityRuleId ? id === rest.capacityRuleId : isDefault,
    );
    const open = [
      ...Array.from({ length: messagingCount }, (_, nth) => ["messaging", nth] as const),
      ...Array.from({ length: emailCount }, (_, nth) => ["email", nth] as const),
      ...(onPhone.has(agentId) ? [["voice", 0] as const] : []),
    ];
    let assignedAt = last;
    let closedAt: number | undefined;
    for (const [channel, nth] of open) {
      const capacity = channel === "voice" ? 1 : rule?.[channel];
      give(agentId, channel, assignedAt, undefined, capacity !== undefined && nth >= capacity);
      assignedAt = Math.max(from, assignedAt - random.integer(1, 25) * MINUTE);
    }
    // Agents without open conversations have closed their last one; others closed some before.
    const closed = open.length === 0 ? 1 : random.integer(0, 3);
    for (let nth = 0; nth < closed; nth++) {
      const ended = Math.min(assignedAt + random.integer(3, 40) * MINUTE, now - MINUTE);
      if (assignedAt > from && ended > assignedAt) {
        give(agentId, random.pick(["messaging", "email"]), assignedAt, ended);
        closedAt = Math.max(closedAt ?? 0, ended);
      }
      assignedAt -= random.integer(10, 60) * MINUTE;
    }
    return { ...rest, lastClosedAt: closedAt === undefined ? null : new Date(closedAt) };
  });

  for (const { queue, channel, subject, waited, priority = 50, skills = [] } of data.waiting)
    add(
      {
        channel,
        subject: subject ?? null,
        queueId: idOf(queueIds, queue),
        priority,
        requiredSkills: skills.map(([skill, values]) => requiredSkill(workspace, skill, values)),
        state: "queued",
        queuedAt: new Date(now - waited * SECOND),
      },
      now - waited * SECOND,
    );

  return {
    ...agents,
    agentStates,
    routingQueues: queues,
    routingQueueTeams: teams,
    conversations,
    routingDecisions: decisions,
  };
}

function requiredSkill({ skills }: DemoWorkspace, name: string, values: readonly string[]) {
  const skill = skills.find((each) => each.name === name);
  if (!skill) throw new Error(`The demo data has no skill "${name}".`);
  const ids = new Map(skill.values.map(({ value, id }) => [value, id]));
  return { skillId: skill.id, valueIds: values.map((value) => idOf(ids, value)) };
}

function makeQueues({ queues: all }: RoutingData, workspace: DemoWorkspace, random: Random) {
  const queues: Rows["routingQueues"] = [];
  const teams: Rows["routingQueueTeams"] = [];
  for (const [nth, { primary = [], secondary = [], steps = [], ...queue }] of all.entries()) {
    const createdAt = workspace.createdAt + DAY + nth * 10 * MINUTE;
    const id = random.id(createdAt);
    const place = (names: readonly string[], kind: "primary" | "step" | "secondary", step = 0) =>
      names.forEach((name, position) => {
        const teamId = idOf(workspace.teams, name);
        teams.push({ workspaceId: workspace.id, queueId: id, teamId, kind, step, position });
      });
    place(primary, "primary");
    place(secondary, "secondary");
    steps.forEach(({ teams: joining = [] }, step) => {
      place(joining, "step", step);
    });
    queues.push({
      ...queue,
      workspaceId: workspace.id,
      id,
      steps: steps.map(({ teams: _, ...step }) => step),
      createdAt: new Date(createdAt),
      updatedAt: new Date(createdAt),
    });
  }
  return { queues, teams };
}
