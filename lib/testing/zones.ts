import { hasZones } from "@/lib/time/zone-table";
import { openZones } from "@/lib/zones/service";

// Run before the tests of each file: rules of time go by the zone data that the product ships.
if (!hasZones()) openZones("node_modules/moment-timezone/data/packed/latest.json");
