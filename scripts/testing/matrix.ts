/** The variable that tells Playwright's process whether every journey runs in all four surroundings (`whole`). */
export const MATRIX_VARIABLE = "TEST_MATRIX";

const namesProject = (filters: readonly string[]) =>
  filters.some((word) => word === "--project" || word.startsWith("--project="));

/**
 * How many of its surroundings a journey runs in: `whole` is all of them, which `--full` asks for; so does whoever names
 * a project of Playwright's, and wants all that there is in it.
 */
export const matrixFor = (full: boolean, filters: readonly string[]): "whole" | "small" =>
  full || namesProject(filters) ? "whole" : "small";

/** Whether a Firefox is needed: for its project by name, and for `--full` unless another project is named. */
export const wantsFirefox = (full: boolean, filters: readonly string[]): boolean =>
  namesProject(filters) ? /--project[= ]firefox\b/.test(filters.join(" ")) : full;
