import { foldText } from "@/lib/platform/text/text-folding";
import { zonesOfAbbreviation } from "./zone-abbreviations";
import { zoneWords } from "./zone-words";

/** Letters that are looked for at the beginnings of words: inside of them, "est" is in "West Africa". */
const shortWord = /^\p{L}{1,4}$/u;

const wordsOf = (text: string) =>
  foldText(text)
    .replace(/[^\p{L}\p{M}\p{N}+:]+/gu, " ")
    .trim();

/** Four hundred zones at each key: what they are searched in is made once. */
const known = new Map<string, string>();
function searchedIn(zone: string, shown: string): string {
  const key = `${zone} ${shown}`;
  const text = known.get(key) ?? wordsOf(`${shown} ${zone} ${zoneWords[zone] ?? ""}`);
  known.set(key, text);
  return text;
}

/**
 * Whether a zone is what somebody looks for: by what is shown of it, other cities, former names, or an abbreviation. `zone` is
 * its IANA name as it is today.
 */
export function isZoneFound(zone: string, shown: string, typed: string): boolean {
  const wanted = wordsOf(typed);
  if (zonesOfAbbreviation(wanted)?.has(zone)) return true;
  const text = searchedIn(zone, shown);
  if (!shortWord.test(wanted)) return text.includes(wanted);
  return text.split(" ").some((word) => word.startsWith(wanted));
}
