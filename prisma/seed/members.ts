import { makeMembership, makePerson, type Rows } from "@/lib/testing/factories";
import type { Random } from "@/lib/testing/random";
import { furtherRoles, type Lead, shownNames, suspended, withoutAgent } from "./data/cast";
import type { Country, Person } from "./data/people/country";
import type { Style } from "./data/portraits";
import { type DemoWorkspace, idOf } from "./settings";

/** A workspace member with everything derived from their country and join date. */
export interface Member {
  userId: string;
  address: string;
  name: string;
  /** Name of their agent, usually the same. */
  shownName: string;
  style: Style;
  country: Country;
  zone: string;
  phone: string;
  status: "active" | "invited" | "suspended";
  /** Role names. */
  roles: readonly string[];
  agent: boolean;
  /** Epoch milliseconds. */
  joinedAt: number;
  rows: Partial<Rows>;
}

const DAY = 86_400_000;

/** Number of the newest members who are invited but have not joined. */
const invited = 6;

interface Draft {
  person: Person;
  country: Country;
  lead?: Lead;
}

/**
 * Returns the members of a workspace, longest membership first. `passwordHash` is for people who can sign in.
 * `known` people from another workspace join with an additional address.
 */
export function makeMembers(
  workspace: DemoWorkspace,
  countries: readonly Country[],
  leads: readonly Lead[],
  {
    now,
    passwordHash,
    random,
    known = [],
  }: { now: number; passwordHash: string; random: Random; known?: Member[] },
): Member[] {
  const drafts: Draft[] = random.shuffle(
    countries.flatMap((country) => country.people.map((person) => ({ person, country }))),
  );
  // Spreads the sign-in accounts across the list, so that they are not the newest or all in one place.
  leads.forEach((lead, index) => {
    const country = countries.find(({ code }) => code === lead.country);
    if (!country) throw new Error(`The demo data has no country ${lead.country}.`);
    drafts.splice(Math.floor((index * drafts.length) / (leads.length + 1)), 0, {
      person: lead.person,
      country,
      lead,
    });
  });

  const first = workspace.createdAt + 2 * DAY;
  const slot = (now - 2 * DAY - first) / drafts.length;
  const taken = new Set<string>();
  const made = drafts.map((draft, index): Member => {
    const joinedAt = Math.floor(first + (index + random.fraction() * 0.9) * slot);
    const isNew = workspace.slug === "northwind" && index >= drafts.length - invited;
    return makeMember(workspace, draft, { joinedAt, isNew, passwordHash, random, taken });
  });
  return [...made, ...known.map((person) => comeAlong(person, workspace, Math.max(first, person.joinedAt)))];
}

function makeMember(
  workspace: DemoWorkspace,
  { person: [name, address, style], country, lead }: Draft,
  {
    joinedAt,
    isNew,
    passwordHash,
    random,
    taken,
  }: { joinedAt: number; isNew: boolean; passwordHash: string; random: Random; taken: Set<string> },
): Member {
  const createdAt = new Date(joinedAt);
  const userId = random.id(joinedAt);
  const phone = random.pick(country.phones).replace(/#/g, () => String(random.integer(0, 9)));
  const apart = withoutAgent[address];
  const status = apart?.status ?? (suspended.has(address) ? "suspended" : isNew ? "invited" : "active");
  const roles = lead ? [lead.role] : (apart?.roles ?? ["Agent", ...(furtherRoles[address] ?? [])]);
  const person = makePerson({
    id: userId,
    name,
    phoneNumber: phone,
    properties: random.chance(0.5) ? { employeeNumber: `${random.integer(10_000, 99_999)}` } : {},
    passwordHash: lead ? passwordHash : null,
    createdAt,
    emails: addresses(address, lead?.email, `${workspace.slug}.example`, random).filter((email) => {
      const fresh = !taken.has(email);
      taken.add(email);
      return fresh;
    }),
  });
  return {
    userId,
    address,
    name,
    shownName: shownNames[address] ?? name,
    style,
    country,
    zone: random.chance(0.75) ? country.zones[0] : random.pick(country.zones),
    phone,
    status,
    roles,
    agent: lead?.agent ?? !apart,
    joinedAt,
    rows: { ...person, ...placeIn(workspace, { userId, status, roles, createdAt }) },
  };
}

function addresses(address: string, leadEmail: string | undefined, domain: string, random: Random): string[] {
  const own = `${address}@${domain}`;
  if (leadEmail) return [leadEmail, own];
  const [given = "", family] = address.split(".");
  if (!random.chance(0.14) || family === undefined) return [own];
  const short = `${given.slice(0, 1)}.${family}@${domain}`;
  return random.chance(0.3) ? [own, short, `${family}.${given}@mail.example`] : [own, short];
}

function placeIn(
  workspace: DemoWorkspace,
  place: { userId: string; status: Member["status"]; roles: readonly string[]; createdAt: Date },
): Partial<Rows> {
  return makeMembership({
    workspaceId: workspace.id,
    userId: place.userId,
    status: place.status,
    createdAt: place.createdAt,
    updatedAt: place.createdAt,
    roleIds: place.roles.map((role) => idOf(workspace.roles, role)),
  });
}

/** Adds a person to another workspace: same user, second membership, one more address. */
function comeAlong(person: Member, workspace: DemoWorkspace, joinedAt: number): Member {
  const email = `${person.address}@${workspace.slug}.example`;
  const roles = ["Agent"];
  return {
    ...person,
    roles,
    joinedAt,
    rows: {
      userEmails: [
        {
          userId: person.userId,
          position: person.rows.userEmails?.length ?? 1,
          email,
          address: email,
          searchKey: email,
        },
      ],
      ...placeIn(workspace, {
        userId: person.userId,
        status: "active",
        roles,
        createdAt: new Date(joinedAt),
      }),
    },
  };
}
