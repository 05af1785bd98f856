import type { Channel } from "@/lib/availability/effective/values";

interface QueueData {
  name: string;
  description?: string;
  isDefault?: true;
  priority?: number;
  offerMode?: "accept";
  strategy?: "longestIdle" | "roundRobin";
  targetSeconds?: number;
  primary?: readonly string[];
  secondary?: readonly string[];
  steps?: readonly { afterSeconds: number; teams?: readonly string[]; dropSkills?: true }[];
}

/** A waiting conversation. Skills are given as [skill, values]. */
interface WaitingData {
  queue: string;
  channel: Channel;
  subject?: string;
  /** Seconds since it was queued. */
  waited: number;
  priority?: number;
  skills?: readonly (readonly [skill: string, values: readonly string[]])[];
}

export interface RoutingData {
  queues: readonly QueueData[];
  waiting: readonly WaitingData[];
}

export const routing = {
  northwind: {
    queues: [
      {
        name: "General",
        description: "Everything without a queue of its own.",
        isDefault: true,
        steps: [{ afterSeconds: 900, dropSkills: true }],
      },
      {
        name: "Billing",
        description: "Invoices, payments and refunds.",
        offerMode: "accept",
        targetSeconds: 300,
        primary: ["Billing & Refunds"],
        secondary: ["Customer Care Europe", "Customer Care Americas"],
      },
      {
        name: "Technical support",
        description: "Integrations and imports.",
        offerMode: "accept",
        strategy: "longestIdle",
        targetSeconds: 600,
        primary: ["Technical Support"],
        secondary: ["Enterprise Accounts"],
        steps: [
          { afterSeconds: 300, teams: ["Escalations"] },
          { afterSeconds: 1800, dropSkills: true },
        ],
      },
      {
        name: "Calls",
        priority: 80,
        strategy: "roundRobin",
        targetSeconds: 30,
        primary: ["Voice"],
        secondary: ["Night Desk"],
      },
      {
        name: "Holiday returns",
        description: "Staffed from the start of the season.",
        targetSeconds: 1200,
        primary: ["Peak Season"],
      },
    ],
    waiting: [
      { queue: "Holiday returns", channel: "email", subject: "Return label for a gift", waited: 1480 },
      { queue: "Holiday returns", channel: "email", subject: "Refund to a gift card?", waited: 1315 },
      {
        queue: "Holiday returns",
        channel: "messaging",
        subject: "Can I return without a receipt?",
        waited: 610,
      },
      {
        queue: "Technical support",
        channel: "email",
        subject: "API returns 429 since this morning",
        waited: 840,
        priority: 80,
        skills: [
          ["Language", ["Icelandic"]],
          ["Product", ["Developer API"]],
        ],
      },
      {
        queue: "Technical support",
        channel: "messaging",
        subject: "Sandbox keys expired",
        waited: 95,
        skills: [["Product", ["Developer API"]]],
      },
      {
        queue: "General",
        channel: "messaging",
        subject: "Order from Chiang Mai not delivered",
        waited: 420,
        skills: [
          ["Language", ["Thai"]],
          ["Tier", ["3"]],
        ],
      },
      {
        queue: "General",
        channel: "email",
        subject: "Parcel held at customs in Jakarta",
        waited: 250,
        skills: [
          ["Language", ["Indonesian"]],
          ["Product", ["Shipping"]],
        ],
      },
      { queue: "General", channel: "messaging", subject: "Do you ship to Iceland?", waited: 40 },
      {
        queue: "Billing",
        channel: "email",
        subject: "Payment certificate for an audit",
        waited: 530,
        skills: [["Certification", ["Payment security"]]],
      },
      { queue: "Billing", channel: "messaging", subject: "Charged twice", waited: 75, priority: 70 },
      { queue: "Calls", channel: "voice", waited: 55, skills: [["Language", ["Hebrew"]]] },
      { queue: "Calls", channel: "voice", waited: 12 },
    ],
  },
  globex: {
    queues: [
      { name: "Front desk", isDefault: true, primary: ["Front Desk"], secondary: ["Management"] },
      {
        name: "Dispatch",
        offerMode: "accept",
        targetSeconds: 900,
        primary: ["Field Service"],
        steps: [{ afterSeconds: 600, dropSkills: true }],
      },
    ],
    waiting: [
      {
        queue: "Dispatch",
        channel: "email",
        subject: "Elevator stuck on the 4th floor",
        waited: 380,
        priority: 90,
        skills: [["Licence", ["B"]]],
      },
    ],
  },
} satisfies { readonly [slug: string]: RoutingData };
