import { isSame } from "@/lib/platform/sameness";

/** Returns the properties that differ, with their values before and after. */
export function changedFields<T extends object>(
  before: T,
  after: T,
  properties: readonly (keyof T & string)[],
): Record<string, { before?: unknown; after?: unknown }> {
  const fields: Record<string, { before?: unknown; after?: unknown }> = {};
  for (const property of properties) {
    if (isSame(before[property], after[property])) continue;
    fields[property] = {
      ...(before[property] === undefined ? {} : { before: before[property] }),
      ...(after[property] === undefined ? {} : { after: after[property] }),
    };
  }
  return fields;
}
