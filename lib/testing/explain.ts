import { escapeLiteral } from "pg";
import type { Query } from "@/lib/platform/database/db";
import type { Statement } from "@/lib/platform/database/joint-query";

const literal = (value: unknown) =>
  escapeLiteral(Array.isArray(value) ? `{${value.join(",")}}` : String(value));

/**
 * What PostgreSQL does for a statement that is prepared, as the product's are: one plan whatever the values. `query` must be
 * of a pool of one connection, which keeps what was prepared on it; `options` are those of EXPLAIN, such as `(ANALYZE)`.
 */
export async function explainPrepared<Plan = string>(
  query: Query,
  { text, params }: Statement<unknown>,
  options = "",
): Promise<Plan[]> {
  await query(`PREPARE explained AS ${text}`);
  const execute = `EXECUTE explained(${params.map(literal).join(", ")})`;
  const rows = await query<{ "QUERY PLAN": Plan }>(`EXPLAIN ${options} ${execute}`);
  await query("DEALLOCATE explained");
  return rows.map((row) => row["QUERY PLAN"]);
}
