import { escapeLiteral } from "pg";
import type { Query } from "@/lib/platform/database/db";
import type { Statement } from "@/lib/platform/database/joint-query";

const literal = (value: unknown) =>
  escapeLiteral(Array.isArray(value) ? `{${value.join(",")}}` : String(value));

/**
 * Returns the generic plan of a prepared statement, as the product uses it. `query` must belong to a pool of
 * one connection, because PREPARE is per connection; `options` are those of EXPLAIN, such as `(ANALYZE)`.
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
