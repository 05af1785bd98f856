import type { Agent } from "@/lib/agents/agents/contract";
import type { recordedProperties } from "@/lib/agents/agents/properties";
import type { Holiday } from "@/lib/hours/schedule/contract";
import { type StoredSchedule, toWeeklySchedule } from "@/lib/hours/schedule/stored";
import type { Random } from "@/lib/testing/random";
import { publicHolidays } from "./data/holidays";
import type { Region } from "./data/people/country";
import { commonSchedules, type ScheduleName, schedules } from "./data/schedules";
import { bioSentences, longestBio, outOfOfficeIn, wholeBios } from "./data/texts";
import type { Member } from "./members";
import type { DemoRule, DemoSkill, DemoWorkspace } from "./settings";

/** An agent's profile as the API shows it and the ledger records it. */
export type Profile = Partial<Pick<Agent, (typeof recordedProperties)[number]>>;

export interface MadeProfile {
  profile: Profile;
  schedule: StoredSchedule | null;
  teams: readonly string[];
  /** Undefined if the default applies. */
  rule: DemoRule | undefined;
}

const DAY = 86_400_000;

/** People with properties that occur only once in the data. */
const leapling = "annelie.koehler";
const talkative = "deshawn.carter-hayes";
const sundayCountries = ["IL", "SA", "EG"];

/** Deals out schedules, with realistic proportions in every hundred agents. */
export function dealSchedules(count: number, random: Random): ScheduleName[] {
  const dealt: ScheduleName[] = [];
  while (dealt.length < count) dealt.push(...random.shuffle(commonSchedules));
  return dealt.slice(0, count);
}

/** Returns the profile of a person's agent at `now`. */
export function makeProfile(
  member: Member,
  dealt: ScheduleName,
  { workspace, now, random }: { workspace: DemoWorkspace; now: number; random: Random },
): MadeProfile {
  const days = (now - member.joinedAt) / DAY;
  const scheduleName = pickSchedule(member, dealt);
  const schedule = schedules[scheduleName];
  const holidays = pickHolidays(member, random);
  const bio = pickBio(member, random);
  const skills = pickSkills(member, workspace.skills, days, random);
  return {
    schedule,
    teams: pickTeams(member, workspace, scheduleName, random),
    rule: pickRule(workspace.rules, days, random),
    profile: {
      name: member.shownName,
      dropVms: [],
      wrapUpTime: random.pick([0, 0, 15, 30, 30, 60, 90, 120, 300]),
      timezone: member.zone,
      defaultCountryCode: member.country.code,
      holidays,
      assignedSkills: skills,
      ...(bio === undefined ? {} : { bio }),
      ...(schedule === null ? {} : { weeklySchedule: toWeeklySchedule(schedule) }),
      ...(random.chance(0.7) ? { defaultCallerId: member.phone } : {}),
      ...(random.chance(0.15)
        ? {
            forwardNumber: {
              enabled: random.chance(0.6),
              number: member.phone,
              maskCaller: random.chance(0.5),
            },
          }
        : {}),
      ...(member.country.locale && random.chance(0.8) ? { transcriptionLocale: member.country.locale } : {}),
      ...(random.chance(0.6) ? { defaultSenderId: random.pick(workspace.senderIds) } : {}),
      ...(random.chance(0.3)
        ? { outOfOfficeResponse: random.pick(outOfOfficeIn(member.country.language)) }
        : {}),
    },
  };
}

function pickSchedule(member: Member, name: ScheduleName): ScheduleName {
  if (member.address === "tomas.ferreira") return "day";
  const plain = name === "day" || name === "office";
  return plain && sundayCountries.includes(member.country.code) ? "sundayToThursday" : name;
}

function pickHolidays(member: Member, random: Random): Holiday[] {
  const birthday = { name: "Birthday", day: random.integer(1, 28), month: random.integer(1, 12) };
  if (member.address === leapling)
    return [
      ...publicHolidays(member.country.calendar),
      { name: "Schalttag (Geburtstag)", day: 29, month: 2 },
    ];
  if (random.chance(0.1)) return [];
  return random.chance(0.2)
    ? [...publicHolidays(member.country.calendar), birthday]
    : publicHolidays(member.country.calendar);
}

function pickBio(member: Member, random: Random): string | undefined {
  if (member.address === talkative) return longestBio;
  const kind = random.fraction();
  if (kind < 0.35) return undefined;
  const whole = wholeBios[member.country.language];
  if (kind < 0.5 && whole !== undefined) return whole;
  return random.shuffle(bioSentences).slice(0, random.integer(1, 4)).join(" ");
}

function pickRule(rules: readonly DemoRule[], days: number, random: Random): DemoRule | undefined {
  const named = (name: string) => rules.find((rule) => rule.name === name);
  if (days < 56) return named("Trainee");
  const chance = random.fraction();
  if (chance < 0.07) return named("Email only");
  if (days > 400 && chance < 0.6) return named("Senior");
  return chance > 0.7 ? named("Dispatcher") : undefined;
}

const careTeams: Record<Region, string> = {
  europe: "Customer Care Europe",
  americas: "Customer Care Americas",
  asiaPacific: "Customer Care Asia-Pacific",
  middleEastAfrica: "Customer Care Middle East & Africa",
};

const furtherTeams = [
  "Voice",
  "Voice",
  "Billing & Refunds",
  "Billing & Refunds",
  "Technical Support",
  "Technical Support",
];

function pickTeams(
  member: Member,
  workspace: DemoWorkspace,
  schedule: ScheduleName,
  random: Random,
): readonly string[] {
  if (!workspace.teams.has("Voice"))
    return member.roles.includes("Supervisor")
      ? ["Management", "Front Desk"]
      : random.pick([["Front Desk"], ["Field Service"], ["Front Desk", "Field Service"]]);
  // Europe has the most agents, so more of them work in global teams.
  const local = member.country.region === "europe" ? 0.65 : 0.85;
  const teams = [random.chance(local) ? careTeams[member.country.region] : random.pick(furtherTeams)];
  if (member.roles.includes("Quality coach")) teams.push("Quality & Coaching");
  if (member.roles.includes("Team lead")) teams.push("Escalations");
  if (schedule === "overnight") teams.push("Night Desk");
  if (random.chance(0.4)) teams.push(random.pick(furtherTeams));
  if (random.chance(0.12)) teams.push("Enterprise Accounts");
  if (random.chance(0.05)) teams.push("Escalations");
  return [...new Set(teams)].slice(0, 3);
}

type Assigned = NonNullable<Profile["assignedSkills"]>;

function pickSkills(member: Member, skills: readonly DemoSkill[], days: number, random: Random): Assigned {
  if (days < 14 || random.chance(0.06)) return [];
  return skills.flatMap((skill) => {
    const wanted = pickValues(skill, member, days, random);
    if (wanted === undefined) return [];
    const selectedValues = skill.values
      .filter(({ value }) => wanted.includes(value))
      .map(({ id, value, icon }) => ({ id, value, ...(icon === undefined ? {} : { icon }) }));
    return [{ id: skill.id, name: skill.name, valueType: skill.valueType, selectedValues }];
  });
}

/**
 * Picks a person's values of a skill, or undefined if they don't have it. A skill without values is possible.
 */
function pickValues(skill: DemoSkill, member: Member, days: number, random: Random): string[] | undefined {
  const some = (most: number) =>
    random.shuffle(skill.values.map(({ value }) => value)).slice(0, random.integer(1, most));
  switch (skill.name) {
    case "Language":
      return ["English", member.country.language, ...(random.chance(0.25) ? some(2) : [])];
    case "Tier":
      return random.chance(0.7) ? [days > 500 ? "3" : days > 200 ? "2" : "1"] : undefined;
    case "Product":
      return random.chance(0.6) ? some(3) : undefined;
    case "Channel":
      return random.chance(0.45) ? some(3) : undefined;
    case "Licence":
      return random.chance(0.5) ? some(1) : undefined;
    default:
      return random.chance(0.12) ? (random.chance(0.25) ? [] : some(2)) : undefined;
  }
}
