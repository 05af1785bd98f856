import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tagged } from "@/lib/availability/declared/server/tags";
import { matchesVersion, entityTag as tagOf } from "@/lib/platform/http/server/entity-tag";
import { isSame } from "@/lib/platform/sameness";
import { changedFields } from "@/lib/records/ledger/rules";

const versions = fc.integer({ min: 1, max: 1_000_000 });
const json = fc.jsonValue();
const entityTag = (version: number, answer: object) => tagOf(version, JSON.stringify(answer));

describe("entityTag", () => {
  it("is a quoted version and fingerprint with header-safe characters", () => {
    fc.assert(
      fc.property(versions, fc.dictionary(fc.string(), json), (version, answer) => {
        expect(entityTag(version, answer)).toMatch(new RegExp(`^"${version}\\.[A-Za-z0-9_-]{16}"$`));
      }),
    );
  });

  it("changes with everything in the response", () => {
    const agent = (activityTtl: number, activity: string) => ({
      name: "A",
      availability: { activity, activityTtl },
    });
    expect(entityTag(3, agent(59, "busy"))).not.toBe(entityTag(3, agent(1, "busy")));
    expect(entityTag(3, agent(59, "busy"))).not.toBe(entityTag(3, agent(59, "onCall")));
    expect(entityTag(3, agent(59, "busy"))).not.toBe(entityTag(4, agent(59, "busy")));
  });

  it("detects remaining seconds, but not text that looks like them", () => {
    const isFleeting = (answer: object) => tagged(3, JSON.stringify(answer)).isFleeting;
    expect(isFleeting({ availability: { activity: "busy", activityTtl: 59 } })).toBe(true);
    expect(isFleeting({ activity: "busy", activityTtl: 1 })).toBe(true);
    expect(isFleeting({ activity: "busy", activityText: ',"activityTtl":5' })).toBe(false);
  });

  it("changes with data outside the version, such as a team name or a role", () => {
    expect(entityTag(3, { teams: [{ name: "Alpha" }] })).not.toBe(
      entityTag(3, { teams: [{ name: "Beta" }] }),
    );
  });
});

describe("matchesVersion", () => {
  it("accepts a tag of the same version, even if other parts have changed", () => {
    fc.assert(
      fc.property(versions, fc.dictionary(fc.string(), json), (version, answer) => {
        const tag = entityTag(version, answer);
        expect(matchesVersion(tag, version)).toBe(true);
        expect(matchesVersion(`W/${tag}`, version)).toBe(true);
        expect(matchesVersion(`"other", ${tag}`, version)).toBe(true);
      }),
    );
  });

  it("rejects tags of other versions, even with a common prefix", () => {
    fc.assert(
      fc.property(versions, versions, (made, now) => {
        expect(matchesVersion(entityTag(made, {}), now)).toBe(made === now);
      }),
    );
    for (const tag of ['"1.abc"', '"12"', '"112.abc"', '"0.abc"', '"1"'])
      expect(matchesVersion(tag, 11)).toBe(false);
  });

  it("accepts a star and a bare version in quotes", () => {
    for (const tag of ["*", " * ", '"11"', 'W/"11"', '"3.x" , "11.y"'])
      expect(matchesVersion(tag, 11)).toBe(true);
  });

  it.each(["", "11", "11.abc", '"*"', "W/", '"', "'11.abc'"])("rejects malformed tags: %s", (tag) => {
    expect(matchesVersion(tag, 11)).toBe(false);
  });
});

describe("changedFields", () => {
  interface Shape {
    name?: unknown;
    bio?: unknown;
    days?: unknown;
  }
  const properties = ["name", "bio", "days"] as const;

  it("lists changed properties with their old and new values", () => {
    expect(
      changedFields<Shape>(
        { name: "A", bio: "old", days: [1] },
        { name: "A", bio: "new", days: [1, 2] },
        properties,
      ),
    ).toEqual({ bio: { before: "old", after: "new" }, days: { before: [1], after: [1, 2] } });
  });

  it("omits the side without a value", () => {
    expect(changedFields<Shape>({ bio: "x" }, { name: "A" }, properties)).toEqual({
      name: { after: "A" },
      bio: { before: "x" },
    });
  });

  it("ignores properties that are not listed", () => {
    expect(changedFields<Shape>({ name: "A", bio: "x" }, { name: "B", bio: "y" }, ["bio"])).toEqual({
      bio: { before: "x", after: "y" },
    });
  });

  it("finds no difference to a copy, and both values otherwise", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...properties), json), (value: Shape) => {
        expect(changedFields(value, structuredClone(value), properties)).toEqual({});
      }),
    );
    fc.assert(
      fc.property(json, json, (name, other) => {
        const found = changedFields<Shape>({ name }, { name: other }, properties);
        expect(found).toEqual(isSame(name, other) ? {} : { name: { before: name, after: other } });
      }),
    );
  });
});

describe("isSame", () => {
  it("compares deeply: arrays by position, objects regardless of key order", () => {
    expect(isSame({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] })).toBe(true);
    expect(isSame([1, 2], [2, 1])).toBe(false);
    expect(isSame([], {})).toBe(false);
    expect(isSame({ a: undefined }, {})).toBe(true);
  });

  it.each([
    [null, {}],
    [null, undefined],
    [0, false],
    ["1", 1],
    [{}, { a: null }],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    [[[]], [[1]]],
  ])("distinguishes %j and %j", (a, b) => {
    expect(isSame(a, b)).toBe(false);
    expect(isSame(b, a)).toBe(false);
  });

  it("is symmetric, and true for a copy", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(isSame(a, b)).toBe(isSame(b, a));
        expect(isSame(a, structuredClone(a))).toBe(true);
      }),
    );
  });
});
