import type { Person } from "./people/country";

/** A person who can sign in with the demo password. */
export interface Lead {
  person: Person;
  /** Country code; sets time zone, phone numbers and holidays. */
  country: string;
  /** Default address. An additional one is derived from the name. */
  email: string;
  role: string;
  /** Whether they also have an agent. */
  agent: boolean;
}

export const northwindLeads: readonly Lead[] = [
  {
    person: ["Maren Lindqvist", "maren.lindqvist", "f"],
    country: "DE",
    email: "supervisor@northwind.example",
    role: "Supervisor",
    agent: true,
  },
  {
    person: ["Tomás Ferreira", "tomas.ferreira", "m"],
    country: "PT",
    email: "agent@northwind.example",
    role: "Agent",
    agent: true,
  },
  {
    person: ["Nadia Haddad", "nadia.haddad", "f"],
    country: "FR",
    email: "viewer@northwind.example",
    role: "Viewer",
    agent: false,
  },
];

export const globexLeads: readonly Lead[] = [
  {
    person: ["Dana Whitfield", "dana.whitfield", "f"],
    country: "US",
    email: "supervisor@globex.example",
    role: "Supervisor",
    agent: true,
  },
];

/** Member of both workspaces. */
export const sharedPerson = "wyatt.begaye";

/** Members of Northwind without an agent: managers, and people who have not started yet. */
export const withoutAgent: Readonly<
  Record<string, { status: "active" | "invited"; roles: readonly string[] }>
> = {
  "gethin.aprhys": { status: "active", roles: ["Quality coach", "Viewer"] },
  "martin.guiraldes": { status: "active", roles: ["Supervisor"] },
  "beatriz.leitao": { status: "invited", roles: ["Agent"] },
  "konstantin.vogelsang": { status: "invited", roles: ["Agent", "Team lead"] },
};

/** Roles in addition to "Agent". */
export const furtherRoles: Readonly<Record<string, readonly string[]>> = {
  "annelie.koehler": ["Supervisor"],
  "corazon.dimaculangan": ["Supervisor"],
  "savannah.whitaker": ["Supervisor"],
  "juergen.weissgerber": ["Team lead"],
  "siobhan.obrien": ["Team lead"],
  "eloise.beranger": ["Team lead"],
  "begona.ibanez": ["Team lead"],
  "malgorzata.zrebiec": ["Team lead"],
  "misaki.takahashi": ["Team lead"],
  "karthikeyan.subramaniam": ["Team lead"],
  "thais.goncalves": ["Team lead"],
  "deshawn.carter-hayes": ["Team lead"],
  "maryam.alfalasi": ["Team lead"],
  "ngozi.eze": ["Team lead"],
  "matilda.kingsford": ["Team lead", "Quality coach"],
  "priyanka.mistry": ["Quality coach"],
  "giulia.dangelo": ["Quality coach"],
  "seoyeon.kim": ["Quality coach"],
};

/** Display names that differ from the person's name. */
export const shownNames: Readonly<Record<string, string>> = {
  "friederike.schulze-wertheim": "Rike Schulze",
  "tyrone.beauchamp": "Ty Beauchamp",
  "chandana.jayawardhane": "Chandana",
  "josemaria.fernandez-castaneda": "Chema Fernández",
  "kentaro.watanabe": "渡邉 健太郎 (Ken)",
  "noa.bendavid": "Noa · נועה",
};

/** People who are suspended. */
export const suspended: ReadonlySet<string> = new Set([
  "hunter.lindholm",
  "ettore.bevilacqua",
  "rodel.sumulong",
]);

export const northwindBots: readonly (readonly [name: string, portrait: string, bio: string])[] = [
  ["Order Status Bot", "b01", "Looks up orders and parcels. Hands over to people as soon as it is asked to."],
  ["Willkommens-Assistent", "b02", "Begrüßt, fragt nach der Vorgangsnummer und gibt weiter."],
  ["Night Owl 🦉", "b03", "Collects what comes in while the night desk is busy."],
  ["Übersetzer", "b04", "Translates between customers and colleagues."],
];

export const globexBots: readonly (readonly [name: string, portrait: string, bio: string])[] = [
  ["Dispatch Bot", "b03", "Finds the nearest engineer."],
  ["Survey Bot", "b01", "Asks how it was."],
];
