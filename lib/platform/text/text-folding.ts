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

/** Signs that are typed one for another: quotation marks, hyphens and dashes, Arabic letters and digits. */
const alike: [string, string][] = [
  ["'", "`´‘’‚‛′ʹʻʼʽʾʿˊˋ՚׳＇"],
  ['"', "“”„‟″«»‹›〝〞״＂"],
  ["-", "‐‑‒–—―−⁃־﹘﹣－"],
  // Alef, teh marbuta, alef maksura; the letters that keyboards for Persian and Urdu have instead.
  ["ا", "ٱٲٳٵ"],
  ["ه", "ةھہەۃ"],
  ["ي", "ىیېےۍ"],
  ["ك", "کڪ"],
  ...[..."0123456789"].map((digit, value): [string, string] => [
    digit,
    `${"٠١٢٣٤٥٦٧٨٩"[value]}${"۰۱۲۳۴۵۶۷۸۹"[value]}`,
  ]),
];

const letters = new Map([
  ...Object.entries(whole),
  ...alike.flatMap(([to, from]) => [...from].map((sign) => [sign, to] as const)),
]);
const anyLetter = new RegExp(`[${[...letters.keys()].join("")}]`, "g");
/**
 * Accents of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel signs. No dakuten, no vowel of an Indic script:
 * those make other letters.
 */
const accents =
  "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed";
/** What is not seen, and the Arabic sign that makes words longer. The joiner stays: it makes one picture of several. */
const unseen =
  "\\u00ad\\u061c\\u0640\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0";
const dropped = new RegExp(`[${accents}${unseen}]`, "g");
const spaces = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** What needs lower case and no more: ASCII, words one space apart. */
const plain = /^(?:[!-_a-~]| (?! ))*$/;

/**
 * Text without case, accents and whatever else is written one way and typed another: what names and addresses are searched
 * and sorted by. The same function makes the stored key and folds what is searched for, so the two agree on every
 * PostgreSQL, whatever its locale. `refold_key` of the migrations makes of a key from before what this makes of the text.
 */
export function foldText(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .replace(/[´`\u1ffd]/g, "'")
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(dropped, "")
    .replace(spaces, " ")
    .replace(anyLetter, (letter) => letters.get(letter) ?? letter)
    .normalize("NFC");
}

/** The words of a text, folded, each once: what a search looks for in any order. */
export function wordsOf(text: string): string[] {
  return [...new Set(foldText(text).split(/\s+/u))].filter((word) => word !== "");
}

/** Whether a text holds another, as people write it; an empty one is in every text. */
export const containsFolded = (text: string, wanted: string): boolean =>
  foldText(text).includes(foldText(wanted).trim());
