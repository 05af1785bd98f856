import { hashAccessKey } from "@/lib/platform/security/access-keys";
import { combineRows, type Rows } from "@/lib/testing/factories";
import { createRandom, type Random } from "@/lib/testing/random";
import { type Bot, makeAgents } from "./agents";
import { makeTimeOffTypes, withCalendar } from "./calendar";
import { withConversations } from "./conversations";
import { northwindCalendar } from "./data/calendar";
import { globexBots, globexLeads, type Lead, northwindBots, northwindLeads, sharedPerson } from "./data/cast";
import { type RoutingData, routing } from "./data/conversations";
import { globex } from "./data/globex";
import { northwind } from "./data/northwind";
import { americas } from "./data/people/americas";
import { asiaPacific } from "./data/people/asia-pacific";
import { britishIslesAndNordics } from "./data/people/british-isles-and-nordics";
import type { Country } from "./data/people/country";
import { globexPeople } from "./data/people/globex";
import { middleEastAndAfrica } from "./data/people/middle-east-and-africa";
import { southernAndEasternEurope } from "./data/people/southern-and-eastern-europe";
import { westernEurope } from "./data/people/western-europe";
import type { Settings } from "./data/settings";
import type { Doer } from "./history";
import { type Member, makeMembers } from "./members";
import { idOf, makeSettings } from "./settings";

const DAY = 86_400_000;

/** Secrets for the demo data, which is otherwise deterministic. */
export interface DemoSecrets {
  passwordHash: string;
  /** Access keys for Northwind. */
  supervisorKey: string;
  viewerKey: string;
}

/** How to sign in to the demo data. */
export interface DemoAccess {
  accounts: { workspace: string; email: string; role: string }[];
  accessKeys: { workspace: string; name: string; key: string }[];
}

const northwindPeople = [
  ...westernEurope,
  ...britishIslesAndNordics,
  ...southernAndEasternEurope,
  ...americas,
  ...asiaPacific,
  ...middleEastAndAfrica,
];

/**
 * Returns the demo data (docs/contract.md §5) at `now`. Every call returns the same rows, except for secrets
 * and for times, which are relative to `now`.
 */
export async function makeDemo(
  now: Date,
  secrets: DemoSecrets,
): Promise<{ rows: Partial<Rows>; access: DemoAccess }> {
  const at = now.getTime();
  const shared = { now: at, passwordHash: secrets.passwordHash };
  const first = makeTenant(northwind, {
    ...shared,
    random: createRandom(240),
    age: 760,
    countries: northwindPeople,
    leads: northwindLeads,
    bots: northwindBots,
    routing: routing.northwind,
    keys: [
      { name: "Demo integration", role: "Supervisor", key: secrets.supervisorKey },
      { name: "Wallboard", role: "Viewer", key: secrets.viewerKey },
    ],
  });
  const second = makeTenant(globex, {
    ...shared,
    random: createRandom(15),
    age: 410,
    countries: globexPeople,
    leads: globexLeads,
    bots: globexBots,
    routing: routing.globex,
    known: first.members.filter((member) => member.address === sharedPerson),
    keys: [],
  });
  const typesOfGlobex = makeTimeOffTypes(second.workspace, createRandom(41));
  return {
    rows: combineRows([
      await withCalendar(first.rows, northwindCalendar, { ...first, now: at, random: createRandom(14) }),
      second.rows,
      { timeOffTypes: typesOfGlobex },
    ]),
    access: {
      accounts: [...first.access.accounts, ...second.access.accounts],
      accessKeys: [...first.access.accessKeys, ...second.access.accessKeys],
    },
  };
}

interface Tenant {
  now: number;
  passwordHash: string;
  random: Random;
  /** Days since the workspace was created. */
  age: number;
  countries: readonly Country[];
  leads: readonly Lead[];
  bots: readonly Bot[];
  known?: Member[];
  keys: readonly { name: string; role: string; key: string }[];
  routing: RoutingData;
}

function makeTenant(settings: Settings, tenant: Tenant) {
  const { now, random, leads, keys } = tenant;
  const workspace = makeSettings(settings, now - tenant.age * DAY, random);
  const members = makeMembers(workspace, tenant.countries, leads, tenant);
  const accessKeys = keys.map(({ name, role, key }): Rows["accessKeys"][number] => {
    const createdAt = new Date(workspace.createdAt + 3 * DAY);
    return {
      workspaceId: workspace.id,
      id: random.id(createdAt.getTime()),
      name,
      roleId: idOf(workspace.roles, role),
      keyHash: new Uint8Array(hashAccessKey(key)),
      createdAt,
      updatedAt: createdAt,
    };
  });
  const supervisors = members
    .filter((member) => member.roles.includes("Supervisor"))
    .map(
      (member): Doer => ({
        kind: "user",
        id: member.userId,
        name: member.name,
        cause: "supervisor",
        since: member.joinedAt,
      }),
    );
  const [boss] = supervisors;
  if (!boss) throw new Error(`Nobody manages ${settings.name} in the demo data.`);
  const [key] = accessKeys;
  const program: Doer = key
    ? { kind: "accessKey", id: key.id, name: key.name, cause: "api", since: workspace.createdAt }
    : { ...boss, cause: "api" };
  const agents = withConversations(
    makeAgents(members, tenant.bots, { workspace, now, supervisors, program, random }),
    tenant.routing,
    { workspace, now, boss, random: createRandom(members.length) },
  );
  return {
    workspace,
    members,
    boss,
    rows: combineRows([workspace.rows, ...members.map((member) => member.rows), { accessKeys }, agents]),
    access: {
      accounts: leads.map(({ email, role }) => ({ workspace: settings.name, email, role })),
      accessKeys: keys.map(({ name, key: secret }) => ({ workspace: settings.name, name, key: secret })),
    },
  };
}
