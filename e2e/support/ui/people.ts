import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { acceptInvitation, deleteUser, inviteUser } from "@/lib/access/people/contract";
import { managedRoles } from "@/lib/access/roles/rules";
import { type Agent, type agentDraftSchema, createAgent, deleteAgent } from "@/lib/agents/agents/contract";
import {
  createStatus,
  deleteStatus,
  type Preset,
  type presetDraftSchema,
} from "@/lib/availability/presets/contract";
import { createClient, RequestError } from "@/lib/platform/client/client";
import {
  createSenderProfile,
  deleteSenderProfile,
  type SenderProfile,
  type senderProfileDraftSchema,
} from "@/lib/workforce/senders/contract";
import { createSkill, deleteSkill, type Skill, type skillDraftSchema } from "@/lib/workforce/skills/contract";
import {
  createTeam,
  deleteTeam,
  type TeamWithMembers,
  type teamDraftSchema,
} from "@/lib/workforce/teams/contract";
import type { Api } from "./api";
import { type Account, baseUrl } from "./environment";

type Draft = Partial<Omit<z.input<typeof agentDraftSchema>, "type" | "userId">>;

/** A person who belongs to one test and can sign in. */
export interface Member {
  userId: string;
  name: string;
  account: Account;
  /** Undefined if the test asked for a person without an agent. */
  agent: Agent | undefined;
}

export interface MemberOptions {
  /** A managed role; Agent by default. */
  role?: "Supervisor" | "Agent" | "Viewer";
  /** Initial values of their agent; false for no agent. */
  agent?: Draft | false;
}

const cleanUpTries = [404];

/** Creates agents, people and related records for one test, and removes them afterwards. */
export class Makers {
  private readonly removals: (() => Promise<unknown>)[] = [];

  constructor(private readonly api: Api) {}

  /** Returns a unique name, in letters that every language displays unchanged. */
  uniqueName(first = "Robin"): string {
    return `${first} ${randomUUID().slice(0, 8)}`;
  }

  /** Creates a bot agent. */
  async agent(draft: Draft = {}): Promise<Agent> {
    const agent = await this.api.call(createAgent, {
      body: { name: this.uniqueName(), type: "bot", ...draft },
    });
    this.removals.push(() => this.api.call(deleteAgent, { params: { agentId: agent.id } }));
    return agent;
  }

  /** Creates several agents, a few at a time. */
  async agents(drafts: readonly Draft[]): Promise<Agent[]> {
    const made: Agent[] = [];
    for (let start = 0; start < drafts.length; start += 8)
      made.push(...(await Promise.all(drafts.slice(start, start + 8).map((draft) => this.agent(draft)))));
    return made;
  }

  /** Creates a person who has accepted an invitation, by default with the role Agent and their own agent. */
  async member({ role = "Agent", agent = {} }: MemberOptions = {}): Promise<Member> {
    const name = agent === false ? this.uniqueName() : (agent.name ?? this.uniqueName());
    const account = { email: `${randomUUID()}@people.example`, password: randomUUID() };
    const roleIds = managedRoles.filter((each) => each.name === role).map((each) => each.id);
    const invited = await this.api.call(inviteUser, { body: { email: account.email, name, roleIds } });
    this.removals.push(() => this.api.call(deleteUser, { params: { userId: invited.id } }));
    const token = invited.inviteUrl?.split("/").at(-1) ?? "";
    const body = { token, name, password: account.password };
    await createClient({ origin: baseUrl() })(acceptInvitation, { params: {}, body });
    const own =
      agent === false
        ? undefined
        : await this.api.call(createAgent, { body: { name, type: "user", userId: invited.id, ...agent } });
    return { userId: invited.id, name, account, agent: own };
  }

  /** Creates a skill. */
  async skill(draft: Partial<z.input<typeof skillDraftSchema>> = {}): Promise<Skill> {
    const skill = await this.api.call(createSkill, { body: { name: this.uniqueName("Skill"), ...draft } });
    this.removals.push(() => this.api.call(deleteSkill, { params: { skillId: skill.id } }));
    return skill;
  }

  async team(draft: Partial<z.input<typeof teamDraftSchema>> = {}): Promise<TeamWithMembers> {
    const team = await this.api.call(createTeam, { body: { name: this.uniqueName("Team"), ...draft } });
    this.removals.push(() => this.api.call(deleteTeam, { params: { teamId: team.id } }));
    return team;
  }

  /** Creates a preset at the end of the list: on a break, by default. */
  async preset(draft: Partial<z.input<typeof presetDraftSchema>> = {}): Promise<Preset> {
    const preset = await this.api.call(createStatus, {
      body: { name: this.uniqueName("Preset"), status: "active", activity: "onBreak", ...draft },
    });
    this.removals.push(() => this.api.call(deleteStatus, { params: { statusId: preset.id } }));
    return preset;
  }

  async sender(draft: Partial<z.input<typeof senderProfileDraftSchema>> = {}): Promise<SenderProfile> {
    const name = this.uniqueName("Sender");
    const email = { username: name.toLowerCase().replace(" ", "."), domain: "northwind.example" };
    const sender = await this.api.call(createSenderProfile, { body: { name, email, ...draft } });
    const params = { senderProfileId: sender.id };
    this.removals.push(() => this.api.call(deleteSenderProfile, { params }));
    return sender;
  }

  /** Registers a cleanup for something that the test created itself. */
  removeLater(remove: () => Promise<unknown>): void {
    this.removals.push(remove);
  }

  /** Removes everything that still exists, newest first. */
  async cleanUp(): Promise<void> {
    for (const remove of this.removals.reverse()) {
      await remove().catch((error: unknown) => {
        // The test has already removed it.
        if (!(error instanceof RequestError && cleanUpTries.includes(error.status))) throw error;
      });
    }
  }
}
