import { escapeLiteral } from "pg";
import { bind, type Statement, valuesOf } from "@/lib/platform/database/bind";
import type { Query } from "@/lib/platform/database/db";

const literal = (value: unknown) =>
  escapeLiteral(Array.isArray(value) ? `{${value.map((each) => each ?? "NULL").join(",")}}` : String(value));

/**
 * Returns the generic plan of a prepared statement, as the product uses it. `query` must belong to a pool of
 * one connection, because PREPARE is per connection; `options` are those of EXPLAIN, such as `(ANALYZE)`.
 */
export async function explainPrepared<Plan = string>(
  query: Query,
  { text, params }: Statement<unknown>,
  options = "",
): Promise<Plan[]> {
  const bound = bind(text);
  await query(`PREPARE explained AS ${bound.text}`);
  const execute = `EXECUTE explained(${valuesOf(bound, params).map(literal).join(", ")})`;
  const rows = await query<{ "QUERY PLAN": Plan }>(`EXPLAIN ${options} ${execute}`);
  await query("DEALLOCATE explained");
  return rows.map((row) => row["QUERY PLAN"]);
}
