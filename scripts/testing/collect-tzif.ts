import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";

// npx tsx scripts/testing/collect-tzif.ts /usr/share/zoneinfo
// Collects compiled time zones in lib/testing/tzif.json.gz, which the time tests compare with.

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder of compiled zones, such as /usr/share/zoneinfo.");

const release = /^# version (\S+)/.exec(readFileSync(join(folder, "tzdata.zi"), "utf8"))?.[1];
const found = new Map<string, string[]>();
for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
  // Duplicates with other leap seconds, and the machine's local zone.
  if (/^(posix|right)\b|^(localtime|posixrules)$/.test(path)) continue;
  const file = realpathSync(join(folder, path));
  if (!statSync(file).isFile()) continue;
  const content = readFileSync(file);
  if (content.subarray(0, 4).toString() !== "TZif") continue;
  const key = content.toString("hex");
  found.set(key, [...(found.get(key) ?? []), relative(folder, join(folder, path)).split(sep).join("/")]);
}
const zones = [...found].map(([tzif, names]) => ({ names, tzif }));
const target = new URL("../../lib/testing/tzif.json.gz", import.meta.url);
writeFileSync(target, gzipSync(JSON.stringify({ release, zones }), { level: 9 }));
console.log(`${release}: ${zones.length} files`);
