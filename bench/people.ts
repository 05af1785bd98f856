import { foldText } from "@/lib/platform/text/text-folding";

// Generates people for data sets. Deterministic: the same number gives the same person.

const firsts = [
  "An",
  "Bo",
  "Ca",
  "Da",
  "El",
  "Fi",
  "Gre",
  "Ha",
  "Io",
  "Ju",
  "Ka",
  "Lu",
  "Mi",
  "No",
  "Pa",
  "Ro",
];
const lasts = [
  "na",
  "ra",
  "lia",
  "ne",
  "tho",
  "rin",
  "vid",
  "mas",
  "sé",
  "lle",
  "dra",
  "kim",
  "nor",
  "bel",
  "xis",
];
const heads = ["Bauer", "Costa", "Duval", "Evans", "Ferrer", "Gruber", "Holm", "Ivanov", "Jensen", "Kovač"];
const tails = ["", "son", "mann", "ova", "ez", "sen", "ich", "ini", "ard", "wood", "berg", "ström", "field"];

/** Last name of one hundred agents in the measured workspace, and of no other agent. */
export const rareName = "Quetzalcoatl";

/** Returns a pseudo-random integer from 0 to `below` - 1, derived from `index` and `salt`. */
export function drawn(index: number, salt: number, below: number): number {
  let mixed = Math.imul(index ^ (salt * 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

/** Returns a person's name; `rare` gives the rare last name. */
export function personName(index: number, rare: boolean): { name: string; key: string } {
  const given = firsts[drawn(index, 1, firsts.length)] ?? "";
  const end = lasts[drawn(index, 2, lasts.length)] ?? "";
  const head = heads[drawn(index, 3, heads.length)] ?? "";
  const tail = tails[drawn(index, 4, tails.length)] ?? "";
  const name = `${given}${end} ${rare ? rareName : head + tail}`;
  return { name, key: foldText(name) };
}

/**
 * Returns a UUID v7 with the timestamp `at` (epoch milliseconds) for row `index` of table `kind` (0–4095).
 * Later rows have greater ids, and ids of tables don't overlap.
 */
export function madeId(at: number, kind: number, index: number): string {
  const time = at.toString(16).padStart(12, "0");
  const low = index.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${kind.toString(16).padStart(3, "0")}-8000-${low}`;
}
