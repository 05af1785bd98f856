/** Variable that tells Playwright's process to run every journey in all four environments (`whole`). */
export const MATRIX_VARIABLE = "TEST_MATRIX";

const namesProject = (filters: readonly string[]) =>
  filters.some((word) => word === "--project" || word.startsWith("--project="));

/**
 * Returns the test matrix: `whole` with `--full` or if a Playwright project is named, since its tests should
 * then all run.
 */
export const matrixFor = (full: boolean, filters: readonly string[]): "whole" | "small" =>
  full || namesProject(filters) ? "whole" : "small";

/** Returns whether Firefox is needed: if its project is named, or with `--full` unless another one is named. */
export const wantsFirefox = (full: boolean, filters: readonly string[]): boolean =>
  namesProject(filters) ? /--project[= ]firefox\b/.test(filters.join(" ")) : full;
