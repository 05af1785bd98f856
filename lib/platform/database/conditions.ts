import type { Values } from "@/lib/platform/database/bind";

/**
 * Returns the conditions whose parameter has a value, combined with AND, and these values. Each condition has
 * one parameter, named like the condition.
 */
export function conditionsOn<Name extends string>(
  conditions: Readonly<Record<Name, string>>,
  values: { readonly [N in Name]?: unknown },
): { where: string; given: Values } {
  const names = (Object.keys(conditions) as Name[]).filter((name) => values[name] !== undefined);
  return {
    where: names.map((name) => conditions[name]).join(" AND "),
    given: Object.fromEntries(names.map((name) => [name, values[name]])),
  };
}
