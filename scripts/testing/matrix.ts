/** The variable that tells Playwright's process whether every journey runs in all four surroundings (`whole`). */
export const MATRIX_VARIABLE = "TEST_MATRIX";

/**
 * How many of its surroundings a journey runs in: `whole` is all of them, which `--full` asks for; so does whoever names
 * a project of Playwright's, and wants all that there is in it.
 */
export function matrixFor(full: boolean, filters: readonly string[]): "whole" | "small" {
  const namesProject = filters.some((word) => word === "--project" || word.startsWith("--project="));
  return full || namesProject ? "whole" : "small";
}

/** Whether a Firefox is needed: for whoever names its project. */
export const wantsFirefox = (filters: readonly string[]): boolean =>
  filters.includes("--project=firefox") || filters.join(" ").includes("--project firefox");
