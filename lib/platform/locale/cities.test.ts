import { describe, expect, it } from "vitest";
import { currentZoneId } from "@/lib/platform/time/format";
import { zoneTable } from "@/lib/platform/time/zone-table";
import { loadCityNames } from "./cities";

const zones = [...new Set(zoneTable().listed.map(currentZoneId))].filter(
  (zone) => zone.includes("/") && !zone.startsWith("Etc/"),
);

describe("loadCityNames", () => {
  it("has an Arabic name for the city of every listed zone", async () => {
    const names = await loadCityNames("ar");
    expect(zones.length).toBeGreaterThan(300);
    expect(zones.filter((zone) => !/\p{Script=Arabic}/u.test(names[zone] ?? ""))).toEqual([]);
    expect(names["Asia/Kathmandu"]).toBe("كاتماندو");
    expect(names["Africa/Cairo"]).toBe("القاهرة");
  });

  it("has only those German names that differ from IANA's", async () => {
    const names = await loadCityNames("de");
    expect(names["Europe/Vienna"]).toBe("Wien");
    expect(names["Europe/Berlin"]).toBeUndefined();
  });

  it("uses the current zone ids as keys", async () => {
    for (const language of ["de", "ar"] as const)
      for (const zone of Object.keys(await loadCityNames(language))) expect(currentZoneId(zone)).toBe(zone);
  });
});
