/** A statement with numbered parameters, and by its type the rows that it gives. */
export interface Statement<_Row> {
  text: string;
  params: readonly unknown[];
}

/**
 * The text of one statement that answers a question of at most one row and, if there is that row, a second question. The
 * parameters are those of `text`, of which there are `count`, then those of `question`.
 */
export function jointText(question: string, text: string, count: number): string {
  const renumbered = question.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + count}`);
  // A join promises no order, so the rows bring their places along; those say also whether there are any.
  return `SELECT question.*, answer.* FROM (${renumbered}) question
    LEFT JOIN (SELECT row_number() OVER () AS place, given.* FROM (${text}) given) answer ON true
    ORDER BY answer.place`;
}

/**
 * Takes what came of a joint statement, as arrays of values, apart into the rows of both. The second question's
 * begin at the column that is called `place`; the first question must have none of that name.
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
