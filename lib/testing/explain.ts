import { escapeLiteral } from "pg";
import { bind, type Statement, valuesOf } from "@/lib/platform/database/bind";
import type { Database } from "@/lib/platform/database/db";

const literal = (value: unknown) =>
  escapeLiteral(Array.isArray(value) ? `{${value.map((each) => each ?? "NULL").join(",")}}` : String(value));

/**
 * Returns the generic plan of a prepared statement, as the product uses it. `options` are those of EXPLAIN, such as
 * `(ANALYZE)`.
 */
export function explainPrepared<Plan = string>(
  { query, transaction }: Pick<Database, "query" | "transaction">,
  { text, params }: Statement<unknown>,
  options = "",
): Promise<Plan[]> {
  const bound = bind(text);
  const execute = `EXECUTE explained(${valuesOf(bound, params).map(literal).join(", ")})`;
  // In a transaction, because PREPARE is per connection.
  return transaction(async () => {
    await query(`PREPARE explained AS ${bound.text}`);
    const rows = await query<{ "QUERY PLAN": Plan }>(`EXPLAIN ${options} ${execute}`);
    await query("DEALLOCATE explained");
    return rows.map((row) => row["QUERY PLAN"]);
  });
}
