import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBacklog } from "./backlog";

interface Sample {
  resource: string;
  number: number;
}

const create = (most: number) => createBacklog<Sample>(most, ({ resource }) => resource);

/**
 * A stateless version of the rule: the events that must be waiting, given all that were added since the last
 * was taken.
 */
function expected(added: readonly Sample[], most: number): readonly Sample[] | "lost" {
  for (let count = most + 1; count <= added.length; count++) {
    const resources = new Set(added.slice(0, count).map(({ resource }) => resource));
    if (resources.size > most) return "lost";
  }
  if (added.length <= most) return added;
  return added.filter(
    ({ resource }, at) => !added.slice(at + 1).some((later) => later.resource === resource),
  );
}

describe("the backlog", () => {
  it("keeps everything, then the last of each resource, then nothing", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.constantFrom(..."abcdefghij"), { maxLength: 40 }),
        (most, resources) => {
          const backlog = create(most);
          const added = resources.map((resource, number) => ({ resource, number }));
          for (const event of added) backlog.add(event);
          const rule = expected(added, most);
          expect(backlog.lost ? "lost" : backlog.take(100)).toEqual(rule);
          expect(backlog.size).toBe(0);
        },
      ),
    );
  });

  it("never holds more than its limit, and gives what it holds in order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(..."abcdefgh"), fc.integer({ min: 1, max: 4 })), { maxLength: 80 }),
        (steps) => {
          const backlog = create(4);
          let last = -1;
          for (const [number, step] of steps.entries()) {
            if (typeof step === "string") backlog.add({ resource: step, number });
            else
              for (const event of backlog.take(step)) {
                expect(event.number).toBeGreaterThan(last);
                last = event.number;
              }
            expect(backlog.size).toBeLessThanOrEqual(4);
          }
        },
      ),
    );
  });

  it("starts again after it was lost", () => {
    const backlog = create(1);
    for (const resource of "abc") backlog.add({ resource, number: 0 });
    expect([backlog.lost, backlog.size]).toEqual([true, 0]);
    backlog.restart();
    backlog.add({ resource: "d", number: 1 });
    expect(backlog.take(9)).toEqual([{ resource: "d", number: 1 }]);
  });
});
