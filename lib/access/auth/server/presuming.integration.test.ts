import { afterAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { testDatabaseUrl } from "@/lib/testing/environment";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

interface Found {
  id: number;
  since: Date;
  list: string[];
}

/** Simulates the caller query: it finds a row for ids up to 10. */
const question = (id: number) => ({
  text: `SELECT :id::int AS id, timestamptz '2026-03-09 08:30Z' AS since, ARRAY['a','b'] AS list WHERE :id::int <= 10`,
  params: { id },
});
const noticed: Found[][] = [];
const accept = (rows: Found[]) => {
  noticed.push(rows);
  if (rows.length === 0) throw new Error("gone");
};
const numbers = (count: number) =>
  db.query<{ number: number; at: Date; id: string | null }>(
    `SELECT n AS number, timestamptz '2026-01-01 00:00Z' + n * interval '1 day' AS at, NULL::text AS id
     FROM generate_series(:count::int, 1, -1) n`,
    { count },
  );

describe("Database.presuming", () => {
  it("checks with the first read and returns its rows in order", async () => {
    const alone = await numbers(4);
    noticed.length = 0;
    const rows = await db.presuming(question(3), accept, () => numbers(4));
    expect(rows).toEqual(alone);
    expect(rows.map((row) => row.number)).toEqual([4, 3, 2, 1]);
    expect(rows[0]?.at).toBeInstanceOf(Date);
    expect(noticed).toEqual([[{ id: 3, since: new Date("2026-03-09T08:30:00Z"), list: ["a", "b"] }]]);
  });

  it("checks once for several reads", async () => {
    noticed.length = 0;
    const rows = await db.presuming(question(3), accept, async () => {
      const [two, none] = await Promise.all([numbers(2), numbers(0)]);
      return [...two, ...none, ...(await numbers(1))].map((row) => row.number);
    });
    expect(rows).toEqual([2, 1, 1]);
    expect(noticed).toHaveLength(1);
  });

  it("confirms the assumption when a read finds no rows", async () => {
    noticed.length = 0;
    expect(await db.presuming(question(3), accept, () => numbers(0))).toEqual([]);
    expect(noticed).toHaveLength(1);
  });

  it("rejects when the assumption is wrong, even if the work catches errors", async () => {
    let reached = false;
    const work = db.presuming(question(11), accept, async () => {
      await numbers(2);
      reached = true;
    });
    await expect(work).rejects.toThrow("gone");
    expect(reached).toBe(false);
    const stubborn = db.presuming(question(11), accept, () => numbers(2).catch(() => "never mind"));
    await expect(stubborn).rejects.toThrow("gone");
    const second = db.presuming(question(11), accept, async () => {
      await numbers(1).catch(() => undefined);
      return await numbers(2);
    });
    await expect(second).rejects.toThrow("gone");
  });

  it("checks at the end when the work runs no query or fails before one", async () => {
    noticed.length = 0;
    expect(await db.presuming(question(3), accept, async () => "done")).toBe("done");
    expect(noticed).toHaveLength(1);
    const failing = async () => {
      throw new Error("wrong request");
    };
    await expect(db.presuming(question(3), accept, failing)).rejects.toThrow("wrong request");
    await expect(db.presuming(question(11), accept, failing)).rejects.toThrow("gone");
  });

  it("blocks Prisma's client until confirmed", async () => {
    await expect(
      db.presuming(question(3), accept, async () => await db.prisma.workspace.count()),
    ).rejects.toThrow("confirmed");
    const after = db.presuming(question(3), accept, async () => {
      await numbers(1);
      return await db.prisma.workspace.count();
    });
    expect(await after).toBeTypeOf("number");
  });

  it("blocks afterCommit until confirmed", async () => {
    const sending = db.presuming(question(3), accept, async () => db.afterCommit(async () => undefined));
    await expect(sending).rejects.toThrow("confirmed");
  });

  it("checks before a transaction begins", async () => {
    noticed.length = 0;
    const rows = await db.presuming(question(3), accept, () => db.transaction(() => numbers(2)));
    expect(rows).toHaveLength(2);
    expect(noticed).toHaveLength(1);
    let begun = false;
    const refused = db.presuming(question(11), accept, () =>
      db.transaction(async () => {
        begun = true;
      }),
    );
    await expect(refused).rejects.toThrow("gone");
    expect(begun).toBe(false);
  });

  it("rejects a first statement that writes", async () => {
    const writing = db.presuming(question(3), accept, () =>
      db.query("WITH gone AS (DELETE FROM workspaces WHERE false RETURNING 1) SELECT 1 FROM gone"),
    );
    await expect(writing).rejects.toThrow();
    const worse = db.presuming(question(3), accept, () => db.query("DELETE FROM workspaces WHERE false"));
    await expect(worse).rejects.toThrow();
  });

  it("runs with a first statement that numbers its parameters itself", async () => {
    const numbered = db.presuming(question(3), accept, () =>
      db.query("SELECT $1::int - $2::int AS difference", [5, 3]),
    );
    expect(await numbered).toEqual([{ difference: 2 }]);
  });

  it("keeps parameters of the same name apart", async () => {
    const shared = db.presuming(question(3), accept, () =>
      db.query("SELECT :id::int AS id, :since::int AS since", { id: 4, since: 5 }),
    );
    expect(await shared).toEqual([{ id: 4, since: 5 }]);
  });

  it("can't be nested", async () => {
    const nested = db.presuming(question(3), accept, () =>
      db.presuming(question(4), accept, () => numbers(1)),
    );
    await expect(nested).rejects.toThrow("another one");
  });
});
