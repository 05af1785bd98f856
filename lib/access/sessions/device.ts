import Bowser from "bowser";

/** Browser and operating system, by their own names. */
export interface Device {
  browser: string;
  system: string;
}

/** What a `User-Agent` says it is; undefined unless it names both. It's a hint for its owner and proves nothing. */
export function deviceOf(userAgent: string | undefined): Device | undefined {
  if (!userAgent) return undefined;
  const { browser, os } = Bowser.parse(userAgent);
  return browser.name && os.name ? { browser: browser.name, system: os.name } : undefined;
}
