import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { cityOf } from "@/components/agents/profile/zone-names";
import { currentZoneId } from "@/lib/platform/time/format";
import { projectDir } from "@/scripts/paths";

/** A shift, and the time zones in which the page must show it. */
export interface ShownShift {
  locale: string;
  /** The agent's time zone and the browser's. */
  zones: { agent: string; viewer: string };
  /** Start and end in epoch milliseconds. */
  instants: readonly [number, number];
  /** Timeout in milliseconds; Playwright's default if omitted. */
  patience?: number;
}

/**
 * Expects the schedule to show a shift in the agent's and in the reader's time zone, each under the name of
 * its zone.
 */
export async function expectBothClocks(page: Page, shift: ShownShift): Promise<void> {
  const { zones, instants, locale, patience } = shift;
  const options = patience === undefined ? {} : { timeout: patience };
  const figure = page.getByRole("figure");
  for (const zone of [zones.agent, zones.viewer])
    for (const instant of instants) {
      const time = figure.getByRole("listitem").filter({ hasText: plain(timeIn(zone, locale, instant)) });
      await expect(time.first(), `the shift at ${zone}`).toBeAttached(options);
    }
  // Browsers may use an alias of the zone.
  const own = await page.evaluate(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const language = (await page.locator("html").getAttribute("lang")) ?? "en";
  for (const zone of [zones.agent, own])
    await expect(figure.getByText(cityIn(language, zone))).toBeVisible(options);
}

/** Returns the city of a zone in a language; in English, as in the zone's name. */
export function cityIn(language: string, zone: string): string {
  const name = language.split("-")[0] ?? "en";
  if (name === "en") return cityOf(zone);
  const file = join(projectDir, "lib", "platform", "locale", "cities", `${name}.json`);
  const cities: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
  return cities[currentZoneId(zone)] ?? cityOf(zone);
}

/** Formats a time like the page does. */
export const timeIn = (zone: string, locale: string, instant: number): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: zone }).format(instant);

/** Returns a pattern that matches any space, because ICU versions differ in the spaces inside times. */
export function plain(time: string): RegExp {
  return new RegExp(time.replace(/\s/g, "\\s"));
}
