import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { cityOf } from "@/components/agents/profile/zone-names";
import { currentZoneId } from "@/lib/platform/time/format";
import { projectDir } from "@/scripts/paths";

/** A shift, and the zones of whose clocks the page has to show it. */
export interface ShownShift {
  locale: string;
  /** Where the agent works, and where the browser is. */
  zones: { agent: string; viewer: string };
  /** When the shift starts and ends: milliseconds since 1970. */
  instants: readonly [number, number];
  /** How long a time is waited for, in milliseconds; as long as for anything unless told. */
  patience?: number;
}

/** The strips of a schedule show a shift on the agent's clock and on the viewer's, each under the name of its zone. */
export async function expectBothClocks(page: Page, shift: ShownShift): Promise<void> {
  const { zones, instants, locale, patience } = shift;
  const options = patience === undefined ? {} : { timeout: patience };
  const figure = page.getByRole("figure");
  for (const zone of [zones.agent, zones.viewer])
    for (const instant of instants) {
      const time = figure.getByRole("listitem").filter({ hasText: plain(timeIn(zone, locale, instant)) });
      await expect(time.first(), `the shift at ${zone}`).toBeAttached(options);
    }
  // Browsers know some zones by another of their names.
  const own = await page.evaluate(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const language = (await page.locator("html").getAttribute("lang")) ?? "en";
  for (const zone of [zones.agent, own])
    await expect(figure.getByText(cityIn(language, zone))).toBeVisible(options);
}

/** What a language calls the city of a zone; English spells it as the zone does. */
export function cityIn(language: string, zone: string): string {
  const name = language.split("-")[0] ?? "en";
  if (name === "en") return cityOf(zone);
  const file = join(projectDir, "lib", "locale", "cities", `${name}.json`);
  const cities: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
  return cities[currentZoneId(zone)] ?? cityOf(zone);
}

/** A time of day, as the page writes it. */
export const timeIn = (zone: string, locale: string, instant: number): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: zone }).format(instant);

/** Blanks as the page writes them: some versions of ICU put narrow ones into times. */
export function plain(time: string): RegExp {
  return new RegExp(time.replace(/\s/g, "\\s"));
}
