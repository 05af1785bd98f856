import { readFileSync } from "node:fs";
import { readPackedZones } from "@/lib/platform/time/packed-zones";
import { hasZones, provideZonesLater } from "@/lib/platform/time/zone-table";

// Setup of every test file: provides the product's zone data, loaded on first use.
if (!hasZones())
  provideZonesLater(() =>
    readPackedZones(JSON.parse(readFileSync("node_modules/moment-timezone/data/packed/latest.json", "utf8"))),
  );
