import { describe, expect, it } from "vitest";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { type ConversationPage, expected } from "./queries";

const conversation = (id: string): Conversation => ({
  id,
  workspaceId: "w",
  externalId: id,
  channel: "email",
  priority: 50,
  requiredSkills: [],
  state: "queued",
  step: 0,
  createdAt: "2026-01-05T10:00:00Z",
  updatedAt: "2026-01-05T10:00:00Z",
});

const page: ConversationPage = { results: [conversation("a"), conversation("b")], total: 7 };
const idsOf = ({ results }: ConversationPage) => results.map(({ id }) => id);

describe("what a list shows before the server answers", () => {
  it.each([
    ["assign", { kind: "assign", agentId: "x" }],
    ["close", { kind: "close" }],
  ] as const)("after %s, a waiting conversation is gone", (_, action) => {
    const after = expected(page, { id: "a", action }, { states: ["queued", "offered"] });
    expect(idsOf(after)).toEqual(["b"]);
    expect(after.total).toBe(6);
  });

  it("a conversation stays in a list that includes its next state", () => {
    const states = ["assigned" as const];
    const action = { kind: "assign", agentId: "x" } as const;
    expect(idsOf(expected(page, { id: "a", action }, { states }))).toEqual(["a", "b"]);
    expect(idsOf(expected(page, { id: "a", action: { kind: "requeue" } }, { states }))).toEqual(["b"]);
    expect(idsOf(expected(page, { id: "a", action }))).toEqual(["a", "b"]);
  });

  it("a new priority shows, and nothing else of a change", () => {
    const action = { kind: "change", change: { priority: 90, queueId: "q" } } as const;
    const [a, b] = expected(page, { id: "a", action }, { states: ["queued"] }).results;
    expect(a).toEqual({ ...conversation("a"), priority: 90 });
    expect(b).toBe(page.results[1]);
  });

  it("a page without the conversation stays the same", () => {
    expect(expected(page, { id: "c", action: { kind: "close" } }, { states: ["queued"] })).toBe(page);
  });
});
