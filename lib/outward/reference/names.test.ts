import { describe, expect, it } from "vitest";
import { operations } from "@/lib/outward/reference/operations";

/** Where nothing can be seen of a text: a mark of direction, a filler, blanks of no width. */
const unseen = ["\u200e", "\u3164", "\u200b \u2060"];

const named = operations.filter(({ body }) => {
  const found = body?.safeParse({ name: 1 }).error?.issues ?? [];
  return found.some(({ path, code }) => path.join(".") === "name" && code === "invalid_type");
});

describe("a name of which nothing can be seen is refused by every operation that takes one", () => {
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

  it("and there are many", () => {
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
