import type { AgentStatus } from "@/lib/availability/declared/contract";
import { availabilityColumns } from "@/lib/availability/declared/server/serializer";
import { combineRows, makeAgent, type Rows } from "@/lib/testing/factories";
import type { Random } from "@/lib/testing/random";
import { portraits } from "./data/portraits";
import type { ScheduleName } from "./data/schedules";
import { longestActivityText } from "./data/texts";
import { type Doer, type Step, tell } from "./history";
import type { Member } from "./members";
import { dealSchedules, type MadeProfile, makeProfile } from "./profiles";
import { routineSteps } from "./routine";
import { type DemoRule, type DemoWorkspace, idOf } from "./settings";
import { availabilitySteps, type Ending, pickActivity, profileSteps } from "./steps";

export type Bot = readonly [name: string, portrait: string, bio: string];

interface Context {
  workspace: DemoWorkspace;
  now: number;
  /** The agents who manage others. */
  supervisors: readonly Doer[];
  program: Doer;
  random: Random;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Address of the person who signs in as an agent. */
export const demoAgent = "tomas.ferreira";
const verbose = "imani.freeman";

/** Creates the agents of members and bots: profiles, states, teams, skills and their ledger. */
export function makeAgents(
  members: readonly Member[],
  bots: readonly Bot[],
  context: Context,
): Partial<Rows> {
  const { random } = context;
  const people = members.filter((member) => member.agent);
  const statuses = random.shuffle(people.map((_, index) => statusAt(index / people.length)));
  const dealt = dealSchedules(people.length, random);
  const picture = pictures(random);
  return combineRows([
    ...people.map((member, index) =>
      personsAgent(
        member,
        { status: statuses[index] ?? "active", schedule: dealt[index] ?? "day", avatarUrl: picture(member) },
        context,
      ),
    ),
    ...bots.map((bot, index) => makeBot(bot, index, context)),
  ]);
}

/** 55 % active, 20 % away, 25 % offline. */
function statusAt(share: number): AgentStatus {
  if (share < 0.55) return "active";
  return share < 0.75 ? "away" : "offline";
}

/**
 * Returns a function that assigns a matching portrait to 70 % of the agents, and to all supervisors. Spreads
 * the portraits evenly.
 */
function pictures(random: Random): (member: Member) => string | null {
  const used = new Map<string, number>();
  const uses = ({ id }: { id: string }) => used.get(id) ?? 0;
  return ({ style, country, address, roles }) => {
    const fitting = random
      .shuffle(portraits)
      .filter(
        (portrait) =>
          portrait.style === style &&
          country.tones.includes(portrait.tone) &&
          (country.hair?.includes(portrait.hair) ?? true),
      )
      .sort((a, b) => uses(a) - uses(b));
    const [chosen] = fitting;
    const shown = random.chance(0.72) || roles.includes("Supervisor") || address === demoAgent;
    if (!chosen || !shown) return null;
    used.set(chosen.id, uses(chosen) + 1);
    return `/avatars/${chosen.id}.webp`;
  };
}

function personsAgent(
  member: Member,
  { status, schedule, avatarUrl }: { status: AgentStatus; schedule: ScheduleName; avatarUrl: string | null },
  context: Context,
): Partial<Rows> {
  const { random } = context;
  const made = makeProfile(member, schedule, context);
  const agent: Subject = {
    userId: member.userId,
    name: member.shownName,
    avatarUrl,
    createdAt: member.joinedAt + random.integer(10 * MINUTE, 5 * HOUR),
    self: { kind: "user", id: member.userId, name: member.name, cause: "user", since: member.joinedAt },
    supervisor: supervisorOf(member, context),
    pending: member.status === "invited",
  };
  if (agent.pending) return writeAgent(agent, made, undefined, context);
  if (member.status === "suspended") return writeAgent(agent, made, { status: "offline" }, context);
  return writeAgent(agent, made, pickEnding(member, status, random), context);
}

/** Returns a supervisor who joined earlier. The first supervisor created their own agent. */
function supervisorOf(member: Member, { supervisors, random }: Context): Doer {
  const before = supervisors.filter((doer) => doer.id !== member.userId && doer.since < member.joinedAt);
  return random.pick(before.length > 0 ? before : supervisors.slice(0, 1));
}

function pickEnding(member: Member, status: AgentStatus, random: Random): Ending {
  if (member.address === demoAgent)
    return {
      status: "active",
      activity: "onBreak",
      text: "Lunch with the team",
      ttl: { seconds: 2700, passed: 0.4 },
    };
  if (member.address === verbose) return { status: "active", activity: "busy", text: longestActivityText };
  const occupied = { active: 0.42, away: 0.6, offline: 0.05 }[status];
  return { status, ...(random.chance(occupied) ? pickActivity(random) : {}) };
}

function makeBot([name, portrait, bio]: Bot, index: number, context: Context): Partial<Rows> {
  const { workspace, random } = context;
  const team = [...workspace.teams.values()][index % 3];
  const made: MadeProfile = {
    profile: { name, bio, dropVms: [], wrapUpTime: 0, timezone: "UTC", holidays: [], assignedSkills: [] },
    schedule: null,
    teams: [...workspace.teams].flatMap(([teamName, id]) => (id === team ? [teamName] : [])),
    rule: workspace.rules.find((rule) => rule.name === "Assistants"),
  };
  const agent: Subject = {
    userId: null,
    name,
    avatarUrl: `/avatars/${portrait}.webp`,
    createdAt: workspace.createdAt + (40 + 97 * index) * DAY + random.integer(0, DAY),
    self: context.program,
    supervisor: random.pick(context.supervisors.slice(0, 1)),
    pending: false,
  };
  return writeAgent(agent, made, { status: index === 3 ? "offline" : "active" }, context);
}

interface Subject {
  userId: string | null;
  name: string;
  avatarUrl: string | null;
  createdAt: number;
  self: Doer;
  supervisor: Doer;
  /** Invited but not joined yet. */
  pending: boolean;
}

/** Returns all rows of an agent. Without an ending, nothing has happened since its creation. */
function writeAgent(
  subject: Subject,
  { profile, schedule, teams, rule }: MadeProfile,
  ending: Ending | undefined,
  { workspace, now, program, random }: Context,
): Partial<Rows> {
  const { createdAt } = subject;
  const id = random.id(createdAt);
  const setting = { now, createdAt, self: subject.self, supervisor: subject.supervisor, program, random };
  const past = profileSteps(profile, { ...setting, hasCome: ending !== undefined });
  const final = ending ? availabilitySteps(ending, setting) : [];
  const routine =
    ending && subject.userId
      ? routineSteps(
          {
            timezone: profile.timezone ?? "UTC",
            schedule,
            self: subject.self,
            from: Math.max(createdAt, subject.self.since),
            until: Math.min(now, ...lastOf(final)) - HOUR,
          },
          random,
        )
      : [];
  const steps = [...past.steps, ...routine, ...final];
  const outcome = tell(
    {
      workspaceId: workspace.id,
      agentId: id,
      agentName: subject.name,
      createdAt,
      creator: subject.supervisor,
      initial: past.initial,
      steps,
    },
    random,
  );
  const work = makeWork(outcome.declared.status, ending !== undefined, createdAt, {
    workspace,
    rule,
    now,
    random,
  });
  const workspaceId = workspace.id;
  const skills = profile.assignedSkills ?? [];
  return {
    ...makeAgent(
      {
        workspaceId,
        id,
        userId: subject.userId,
        name: subject.name,
        avatarUrl: subject.avatarUrl,
        bio: profile.bio ?? null,
        wrapUpTime: profile.wrapUpTime ?? 0,
        timezone: profile.timezone ?? "UTC",
        defaultCountryCode: profile.defaultCountryCode ?? null,
        defaultCallerId: profile.defaultCallerId ?? null,
        forwardEnabled: profile.forwardNumber?.enabled ?? null,
        forwardNumber: profile.forwardNumber?.number ?? null,
        forwardMaskCaller: profile.forwardNumber?.maskCaller ?? null,
        transcriptionLocale: profile.transcriptionLocale ?? null,
        weeklySchedule: schedule,
        holidays: profile.holidays ?? [],
        defaultSenderId: profile.defaultSenderId ?? null,
        outOfOfficeResponse: profile.outOfOfficeResponse ?? null,
        createdAt: new Date(createdAt),
        updatedAt: new Date(outcome.profileUpdatedAt),
      },
      {
        version: outcome.version,
        ...availabilityColumns(outcome.declared),
        ...work,
        workloadId: random.id(createdAt),
        capacityRuleId: rule?.id ?? null,
      },
    ),
    teamMembers: teams.map((team, index) => ({
      workspaceId,
      teamId: idOf(workspace.teams, team),
      agentId: id,
      memberSince: new Date(
        Math.floor(createdAt + (index === 0 ? 0 : random.fraction() * (now - createdAt) * 0.9)),
      ),
      pending: subject.pending,
    })),
    agentSkills: skills.map((skill, position) => ({ workspaceId, agentId: id, skillId: skill.id, position })),
    agentSkillValues: skills.flatMap((skill) =>
      skill.selectedValues.map((value) => ({
        workspaceId,
        agentId: id,
        skillId: skill.id,
        valueId: value.id,
      })),
    ),
    changes: outcome.changes,
  };
}

/** Returns the times of the steps that lead to the ending: the last two status changes, and the last step. */
function lastOf(steps: readonly Step[]): number[] {
  const ofStatus = steps.filter(({ availability }) => availability?.status !== undefined).slice(-2);
  return [...ofStatus, ...steps.slice(-1)].map(({ at }) => at);
}

/**
 * Generates open conversations: more for active agents, mostly none for others, sometimes above the rule's
 * capacity.
 */
function makeWork(
  status: AgentStatus,
  hasCome: boolean,
  createdAt: number,
  {
    workspace,
    rule,
    now,
    random,
  }: { workspace: DemoWorkspace; rule: DemoRule | undefined; now: number; random: Random },
) {
  const bound = rule ?? workspace.rules.find(({ isDefault }) => isDefault) ?? { messaging: 4, email: 8 };
  const idle = { active: 0.12, away: 0.4, offline: 0.8 }[status];
  const none = !hasCome || random.chance(idle);
  const over = status !== "offline" && random.chance(0.1) ? random.integer(1, 4) : 0;
  const most = status === "offline" ? 0.25 : 1;
  const messaging = none ? 0 : random.integer(0, Math.round(bound.messaging * most * 0.9));
  const email = none ? 0 : random.integer(0, Math.round(bound.email * most * 0.9));
  const messagingCount = !none && over > 0 && bound.messaging > 0 ? bound.messaging + over : messaging;
  const emailCount = !none && over > 0 && bound.messaging === 0 ? bound.email + over : email;
  const busy = messagingCount + emailCount > 0;
  const ago = busy ? random.integer(MINUTE, 7 * HOUR) : random.integer(8 * HOUR, 12 * DAY);
  const assignedAt =
    hasCome && (busy || random.chance(0.85)) ? Math.max(now - ago, createdAt + MINUTE) : null;
  const changedAt =
    assignedAt === null ? createdAt : Math.min(assignedAt + random.integer(0, HOUR), now - 1000);
  return {
    messagingCount,
    emailCount,
    assignedCount: messagingCount + emailCount,
    lastAssignedAt: assignedAt === null ? null : new Date(assignedAt),
    workloadUpdatedAt: new Date(changedAt),
  };
}
