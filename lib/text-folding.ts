/** Letters that Unicode does not take apart into a base letter and an accent. */
const whole: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ŋ: "n",
  þ: "th",
  ŧ: "t",
  ς: "σ",
};

const wholeLetters = new RegExp(`[${Object.keys(whole).join("")}]`, "g");
/** Accents of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel signs. No dakuten, no vowel of an Indic script: those make other letters. */
const accents =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;

/**
 * Text without case and accents: what names and addresses are searched and sorted by. The same function makes the
 * stored key and folds what is searched for, so the two agree on every PostgreSQL, whatever its locale.
 */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(accents, "")
    .normalize("NFC")
    .replace(wholeLetters, (letter) => whole[letter] ?? letter);
}

/** The words of a text, folded, each once: what a search looks for in any order. */
export function wordsOf(text: string): string[] {
  return [...new Set(foldText(text).split(/\s+/u))].filter((word) => word !== "");
}
