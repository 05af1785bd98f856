/** Variable that tells Playwright's process to run every journey in all four environments (`whole`). */
export const MATRIX_VARIABLE = "TEST_MATRIX";

/**
 * Returns the test matrix: `whole` with `--full` or if a Playwright project is named, since its tests should
 * then all run.
 */
export function matrixFor(full: boolean, filters: readonly string[]): "whole" | "small" {
  const namesProject = filters.some((word) => word === "--project" || word.startsWith("--project="));
  return full || namesProject ? "whole" : "small";
}

/** Returns whether Firefox is needed: only if its project is named. */
export const wantsFirefox = (filters: readonly string[]): boolean =>
  filters.includes("--project=firefox") || filters.join(" ").includes("--project firefox");
