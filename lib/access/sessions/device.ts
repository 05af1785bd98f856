import Bowser from "bowser";

/** The names of a browser and its operating system. */
export interface Device {
  browser: string;
  system: string;
}

/**
 * Parses a `User-Agent`; undefined unless both names are known. A hint for the owner of a session, not proof.
 */
export function deviceOf(userAgent: string | undefined): Device | undefined {
  if (!userAgent) return undefined;
  const { browser, os } = Bowser.parse(userAgent);
  return browser.name && os.name ? { browser: browser.name, system: os.name } : undefined;
}
