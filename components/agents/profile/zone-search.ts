import { foldText } from "@/lib/platform/text/text-folding";
import { zonesOfAbbreviation } from "./zone-abbreviations";
import { zoneWords } from "./zone-words";

/** Short texts match only at the start of a word: otherwise "est" would match "West Africa". */
const shortWord = /^\p{L}{1,4}$/u;

const wordsOf = (text: string) =>
  foldText(text)
    .replace(/[^\p{L}\p{M}\p{N}+:]+/gu, " ")
    .trim();

/** Cached, because each keystroke searches 400 zones. */
const known = new Map<string, string>();
function searchedIn(zone: string, shown: string): string {
  const key = `${zone} ${shown}`;
  const text = known.get(key) ?? wordsOf(`${shown} ${zone} ${zoneWords[zone] ?? ""}`);
  known.set(key, text);
  return text;
}

/**
 * Returns whether a time zone matches a search: by displayed text, other cities, former names or
 * abbreviation. `zone` is its current IANA name.
 */
export function isZoneFound(zone: string, shown: string, typed: string): boolean {
  const wanted = wordsOf(typed);
  if (zonesOfAbbreviation(wanted)?.has(zone)) return true;
  const text = searchedIn(zone, shown);
  if (!shortWord.test(wanted)) return text.includes(wanted);
  return text.split(" ").some((word) => word.startsWith(wanted));
}
