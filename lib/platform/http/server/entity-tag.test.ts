import { describe, expect, it } from "vitest";
import { createEntityTags } from "./entity-tag";

interface Group {
  id: string;
  name: string;
  note?: string;
  labels: string[];
  members: { id: string; since: string }[];
}

const tags = createEntityTags<Group, { name?: string; note?: string | null; labels?: string[] }>("group", {
  id: "readOnly",
  members: (members) => members.map(({ id }) => id),
});

const group: Group = { id: "1", name: "One", labels: ["a", "b"], members: [{ id: "x", since: "2026" }] };
const tagOf = (data: Group) => tags.reply(data).etag;
const saves = (data: Group) =>
  tags
    .require(tagOf(group), async () => data)
    .then(
      () => true,
      () => false,
    );

describe("the entity tag of a resource without a version", () => {
  it("blocks a save after a change of a property that PATCH takes", async () => {
    expect(await saves({ ...group, name: "Two" })).toBe(false);
    expect(await saves({ ...group, note: "New" })).toBe(false);
    expect(await saves({ ...group, labels: ["a"] })).toBe(false);
    expect(await saves({ ...group, members: [{ id: "y", since: "2026" }] })).toBe(false);
  });

  it("allows a save after a change that nobody edits, but is another tag", async () => {
    const later = { ...group, members: [{ id: "x", since: "2027" }] };
    expect(await saves(later)).toBe(true);
    expect(await saves({ ...group, id: "2" })).toBe(true);
    expect(tagOf(later)).not.toBe(tagOf(group));
  });

  it("ignores the order of properties and of strings in a list", async () => {
    const { name, ...others } = group;
    expect(await saves({ ...others, labels: ["b", "a"], name })).toBe(true);
  });
});
