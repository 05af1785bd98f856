import { describe, expect, it } from "vitest";
import { operations } from "@/lib/routes";

/** Invisible texts: a direction mark, a filler and zero-width spaces. */
const unseen = ["\u200e", "\u3164", "\u200b \u2060"];

const named = operations.filter(({ body }) => {
  const found = body?.safeParse({ name: 1 }).error?.issues ?? [];
  return found.some(({ path, code }) => path.join(".") === "name" && code === "invalid_type");
});

describe("an invisible name is rejected by every operation that takes a name", () => {
  it.each(named.map((operation) => [operation.id, operation] as const))("%s", (_, { body }) => {
    for (const name of unseen) {
      const messages = (body?.safeParse({ name }).error?.issues ?? [])
        .filter(({ path }) => path.join(".") === "name")
        .map(({ message }) => message);
      expect(messages, JSON.stringify(name)).toEqual([
        "must not be empty. Enter at least one visible character.",
      ]);
    }
  });

  it("covers the expected operations", () => {
    expect(named.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        "createAgent",
        "patchAgent",
        "createTeam",
        "createSkill",
        "createRole",
        "createAccessKey",
      ]),
    );
  });
});
