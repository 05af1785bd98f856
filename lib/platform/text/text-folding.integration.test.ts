import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { foldText } from "@/lib/platform/text/text-folding";
import { testDatabaseUrl } from "@/lib/testing/environment";

const db = createDatabase(testDatabaseUrl(), 2, () => {});
afterAll(() => db.close());

const whole: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i" };
Object.assign(whole, { ł: "l", ŋ: "n", þ: "th", ŧ: "t", ς: "σ" });
const accents =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;

/** The key as it was computed before the migration that introduced `refold_key`. */
const formerKey = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(accents, "")
    .normalize("NFC")
    .replace(/./gu, (letter) => whole[letter] ?? letter);

async function refolded(texts: string[]): Promise<string[]> {
  const rows = await db.query<{ key: string }>(
    `SELECT refold_key(t.key) AS key FROM unnest(:keys::text[]) WITH ORDINALITY AS t(key, n) ORDER BY t.n`,
    { keys: texts.map(formerKey) },
  );
  return rows.map(({ key }) => key);
}

/** Characters that Node and PostgreSQL normalize in the same way. Their Unicode versions may differ. */
async function sharedCharacters(): Promise<string[]> {
  const all: string[] = [];
  for (let code = 1; code <= 0x2ffff; code++) {
    const text = String.fromCodePoint(code);
    if (!/\p{Surrogate}|\p{Unassigned}/u.test(text)) all.push(text);
  }
  const rows = await db.query<{ text: string }>(
    `SELECT normalize(t.text, NFKD) AS text FROM unnest(:texts::text[]) WITH ORDINALITY AS t(text, n) ORDER BY t.n`,
    { texts: all },
  );
  return all.filter((text, index) => rows[index]?.text === text.normalize("NFKD"));
}

describe("refold_key", () => {
  it("turns old keys into what foldText returns, for every character and random texts", async () => {
    const characters = await sharedCharacters();
    expect(characters.length).toBeGreaterThan(140_000);
    const letters = [..."abZß Æøñé\u0301’´`-–\u2011\u00a0\u200bأإآٱةىيیـَ٣ﷲＡｶﾞς“בּ", "  ", "ﬁ", "ℌ", "ŧ"];
    const random = fc.sample(
      fc.oneof(
        fc.string({ unit: fc.constantFrom(...letters) }),
        fc.string({ unit: fc.nat(characters.length - 1).map((index) => characters[index] ?? "") }),
      ),
      3000,
    );
    const texts = [...characters, ...random];
    const keys = await refolded(texts);
    expect(texts.filter((text, index) => keys[index] !== foldText(text))).toEqual([]);
  });
});
