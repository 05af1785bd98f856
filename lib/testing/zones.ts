import { readFileSync } from "node:fs";
import { readPackedZones } from "@/lib/platform/time/packed-zones";
import { hasZones, provideZonesLater } from "@/lib/platform/time/zone-table";

// Run before the tests of each file: rules of time go by the zone data that the product ships. Most files need none.
if (!hasZones())
  provideZonesLater(() =>
    readPackedZones(JSON.parse(readFileSync("node_modules/moment-timezone/data/packed/latest.json", "utf8"))),
  );
