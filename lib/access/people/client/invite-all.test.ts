import { describe, expect, it, vi } from "vitest";
import type { InvitedUser } from "@/lib/access/people/contract";
import { RequestError } from "@/lib/platform/client/client";
import { inviteAll, unfinished } from "./invite-all";

const person = (email: string): InvitedUser => ({
  id: `id of ${email}`,
  name: email,
  email,
  status: "invited",
  roleIds: [],
});
const here = new RequestError(422, "InvalidUser", "", { email: ["is here"] }, "r");
const tooOften = new RequestError(429, "RateLimited", "", {}, "r");
const conflict = new RequestError(409, "AgentAlreadyExists", "", {}, "r");
const list = (...emails: string[]) => ({ invitees: emails.map((email) => ({ email })), malformed: [] });

describe("inviteAll", () => {
  it("continues after a person who is already a member, and reports malformed addresses", async () => {
    const invite = vi.fn(async ({ email }: { email: string }) => {
      if (email === "b@x.example") throw here;
      return person(email);
    });
    const makeAgent = vi.fn(async () => {});
    const outcomes = await inviteAll(
      { ...list("a@x.example", "b@x.example", "c@x.example"), malformed: ["nobody"] },
      { invite, makeAgent },
    );
    expect(outcomes.map(({ kind, email }) => [kind, email])).toEqual([
      ["invited", "a@x.example"],
      ["here", "b@x.example"],
      ["invited", "c@x.example"],
      ["malformed", "nobody"],
    ]);
    expect(makeAgent).toHaveBeenCalledTimes(2);
    expect(unfinished(outcomes)).toBe("nobody");
  });

  it("reports a missing agent and creates only that on retry", async () => {
    const invite = vi.fn(async ({ email }: { email: string }) => person(email));
    const makeAgent = vi
      .fn<(who: InvitedUser) => Promise<void>>()
      .mockRejectedValueOnce(conflict)
      .mockResolvedValue();
    const first = await inviteAll(list("a@x.example", "b@x.example"), { invite, makeAgent });
    expect(first.map(({ kind }) => kind)).toEqual(["noAgent", "invited"]);
    expect(unfinished(first)).toBe("a@x.example");
    const second = await inviteAll(list("A@x.example", "b@x.example"), { invite, makeAgent }, first);
    expect(second.map(({ kind }) => kind)).toEqual(["invited", "invited"]);
    expect(invite).toHaveBeenCalledTimes(2);
    expect(makeAgent).toHaveBeenCalledTimes(3);
  });

  it("stops when the server rejects everyone, and keeps the remaining people", async () => {
    const invite = vi.fn(async ({ email }: { email: string }) => {
      if (email === "b@x.example") throw tooOften;
      return person(email);
    });
    const outcomes = await inviteAll(
      {
        invitees: [{ email: "a@x.example" }, { email: "b@x.example" }, { email: "c@x.example", name: "Cy" }],
        malformed: [],
      },
      { invite },
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(["invited", "failed", "failed"]);
    expect(invite).toHaveBeenCalledTimes(2);
    expect(unfinished(outcomes)).toBe('b@x.example\n"Cy" <c@x.example>');
  });
});
