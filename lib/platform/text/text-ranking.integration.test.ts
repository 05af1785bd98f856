import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { matchOf } from "@/lib/agents/agents/server/text.sql";
import { createDatabase } from "@/lib/platform/database/db";
import { foldText, wordsOf } from "@/lib/platform/text/text-folding";
import { rankOf, ranks } from "@/lib/platform/text/text-ranking";
import { testDatabaseUrl } from "@/lib/testing/environment";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

/** The ranks that the database gives to names. */
async function ranksOf(names: readonly string[], typed: string): Promise<number[]> {
  const { rank, values } = matchOf(wordsOf(typed));
  const rows = await db.query<{ rank: number }>(
    `SELECT ${rank} AS rank FROM (
       SELECT key COLLATE "C" AS name_key, n FROM unnest(:keys::text[]) WITH ORDINALITY AS t(key, n)) a ORDER BY n`,
    { ...values, keys: names.map(foldText) },
  );
  return rows.map(({ rank }) => rank);
}

describe("the rank of a name in the database", () => {
  it("is what the browser makes of it", async () => {
    const letters = [..."aeEéßoأب王۰5  --.'(*+[]{}|\\\\^$?/«»،・€‐…🙂_"];
    const text = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 9 });
    const wanted = ["a", "a e", "e.", "[a", "\\", "^", "é-a", "أ", "王 a", "🙂", ...fc.sample(text, 60)];
    for (const typed of wanted.filter((each) => wordsOf(each).length > 0)) {
      const names = [typed, `x ${typed}`, `x${typed}`, `x-${typed}`, `،${typed}`, ...fc.sample(text, 60)];
      expect(await ranksOf(names, typed), typed).toEqual(
        names.map((name) => rankOf(name, typed) ?? ranks.elsewhere),
      );
    }
  });
});
