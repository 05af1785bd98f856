import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { zoneClock } from "@/lib/platform/time/wall-clock";
import { provideZones, zoneTable } from "@/lib/platform/time/zone-table";
import { openZones } from "./zones";

const folder = mkdtempSync(join(tmpdir(), "rollcall-zones-"));
afterAll(() => rmSync(folder, { recursive: true }));
const shipped = zoneTable();
afterEach(() => provideZones(shipped));

function fileWith(content: string): string {
  const file = join(folder, "zones.json");
  writeFileSync(file, content);
  return file;
}

describe("openZones", () => {
  it("replaces the zone data of the process with the file", () => {
    const day = Date.parse("2026-11-30") / 86_400_000;
    const nineInBerlin = () => zoneClock("Europe/Berlin").span(day, 9 * 60, 17 * 60)?.start;
    expect(nineInBerlin()).toBe(Date.parse("2026-11-30T08:00:00Z"));
    const zones = ["Etc/UTC|UTC|0|0||", "Europe/Berlin|X|-20|0||"];
    const links = ["Etc/UTC|UTC"];
    const opened = openZones(fileWith(JSON.stringify({ version: "2040a", zones, links, countries: [] })));
    expect(opened.release).toBe("2040a");
    expect(opened.brief.release).toBe("2040a");
    expect(nineInBerlin()).toBe(Date.parse("2026-11-30T07:00:00Z"));
    expect(opened.isOld(new Date("2041-01-02"))).toBe(true);
  });

  it.each([
    ["is not there", () => join(folder, "none.json"), /none\.json can't be read \(ENOENT/],
    ["is a folder", () => folder, /can't be read \(EISDIR/],
    ["is not JSON", () => fileWith("Zone data"), /zones\.json is not JSON\. Set ZONE_DATA_FILE/],
    ["is other JSON", () => fileWith('{"name": "rollcall"}'), /is not packed time zone data/],
  ])("rejects a file that %s with a one-line message and keeps the current data", (_, file, message) => {
    expect(() => openZones(file())).toThrow(message);
    expect(zoneTable()).toBe(shipped);
  });
});
