import { describe, expect, it } from "vitest";
import { RequestError } from "@/lib/platform/client/client";
import { isConflict, sendGuarded } from "@/lib/platform/client/guarded-change";

interface Thing {
  name: string;
  note?: string;
  members: string[];
}

const stale = () => new RequestError(412, "PreconditionFailed", "Changed.", {}, undefined);

/**
 * Simulates a server that checks `If-Match`. `beforeWrite` simulates others' changes between read and write.
 */
function server(state: Thing, beforeWrite: (() => void)[] = []) {
  let version = 1;
  const touch = (change: Partial<Thing>) => {
    Object.assign(state, change);
    version++;
  };
  return {
    state,
    touch,
    read: async () => ({ data: structuredClone(state), etag: `"${version}"` }),
    write: (change: Partial<Thing>) => async (ifMatch: string) => {
      beforeWrite.shift()?.();
      if (ifMatch !== `"${version}"`) throw stale();
      touch(change);
      return state;
    },
  };
}

describe("sendGuarded", () => {
  const base: Thing = { name: "Old", members: ["a"] };

  it("writes when nobody else has changed the resource", async () => {
    const { state, read, write } = server({ ...base });
    await sendGuarded({ id: "1", change: { name: "New" }, base }, read, write({ name: "New" }));
    expect(state.name).toBe("New");
  });

  it("keeps changes that others made to other properties", async () => {
    const { state, touch, read, write } = server({ ...base });
    touch({ note: "theirs" });
    await sendGuarded({ id: "1", change: { name: "New" }, base }, read, write({ name: "New" }));
    expect(state).toEqual({ name: "New", note: "theirs", members: ["a"] });
  });

  it("rejects when others changed the same property, and writes nothing", async () => {
    const { state, touch, read, write } = server({ ...base });
    touch({ name: "Theirs" });
    const change = sendGuarded({ id: "1", change: { name: "New" }, base }, read, write({ name: "New" }));
    await expect(change).rejects.toSatisfy(isConflict);
    expect(state.name).toBe("Theirs");
  });

  it("overwrites changes of others without a base", async () => {
    const { state, touch, read, write } = server({ ...base });
    touch({ name: "Theirs" });
    await sendGuarded({ id: "1", change: { name: "New" } }, read, write({ name: "New" }));
    expect(state.name).toBe("New");
  });

  it("retries once after a concurrent write, and detects a conflict in it", async () => {
    let quick = () => {};
    const first = server({ ...base }, [() => quick()]);
    quick = () => first.touch({ note: "theirs" });
    await sendGuarded({ id: "1", change: { name: "New" }, base }, first.read, first.write({ name: "New" }));
    expect(first.state).toMatchObject({ name: "New", note: "theirs" });

    const second = server({ ...base }, [() => quick()]);
    quick = () => second.touch({ name: "Theirs" });
    const lost = sendGuarded(
      { id: "1", change: { name: "New" }, base },
      second.read,
      second.write({ name: "New" }),
    );
    await expect(lost).rejects.toSatisfy(isConflict);
    expect(second.state.name).toBe("Theirs");
  });

  it("compares properties under the names that the change uses", async () => {
    const { touch, read, write } = server({ ...base });
    touch({ members: ["a", "b"] });
    const change = sendGuarded(
      { id: "1", change: { agentIds: ["c"] }, base },
      read,
      write({ members: ["c"] }),
      ({ members }) => ({ agentIds: members }),
    );
    await expect(change).rejects.toSatisfy(isConflict);
  });
});
