import Bowser from "bowser";

/** Names of browser and operating system. */
export interface Device {
  browser: string;
  system: string;
}

/**
 * Parses a `User-Agent`; undefined unless it has both names. A hint for the owner of a session, not proof.
 */
export function deviceOf(userAgent: string | undefined): Device | undefined {
  if (!userAgent) return undefined;
  const { browser, os } = Bowser.parse(userAgent);
  return browser.name && os.name ? { browser: browser.name, system: os.name } : undefined;
}
