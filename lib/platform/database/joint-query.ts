import { bind } from "@/lib/platform/database/bind";

/**
 * Returns one statement that runs `question` (at most one row) and, if it finds that row, `text`. Throws if both
 * have a parameter of the same name, because they share the values.
 */
export function jointText(question: string, text: string): string {
  const { names } = bind(text);
  const shared = bind(question).names.find((name) => names.includes(name));
  if (shared) throw new Error(`two statements that run as one both have a parameter :${shared}`);
  // A join guarantees no order, so rows carry their position; null means that `text` found no row.
  return `SELECT question.*, answer.* FROM (${question}) question
    LEFT JOIN (SELECT row_number() OVER () AS place, given.* FROM (${text}) given) answer ON true
    ORDER BY answer.place`;
}

/**
 * Splits the rows of a joint statement, given as arrays. Columns after `place` belong to the answer;
 * `question` must not have a column of that name.
 */
export function splitJoint(
  names: readonly string[],
  rows: readonly (readonly unknown[])[],
): { question: Record<string, unknown>[]; answer: Record<string, unknown>[] } {
  const place = names.indexOf("place");
  const [first] = rows;
  return {
    question: first ? [named(names, first, 0, place)] : [],
    answer: rows
      .filter((row) => row[place] !== null)
      .map((row) => named(names, row, place + 1, names.length)),
  };
}

function named(names: readonly string[], row: readonly unknown[], from: number, to: number) {
  const object: Record<string, unknown> = {};
  for (let column = from; column < to; column++) object[names[column] as string] = row[column];
  return object;
}
