/** The variable that names a Firefox, and hands the one that was found on to Playwright's process. */
export const FIREFOX_VARIABLE = "PLAYWRIGHT_FIREFOX_EXECUTABLE";
