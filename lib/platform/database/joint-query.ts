/**
 * Returns one statement that runs `question` (at most one row) and, if it finds that row, `text`. The two must
 * not number a parameter alike.
 */
export function jointText(question: string, text: string): string {
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
