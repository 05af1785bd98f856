/** Letters without a Unicode decomposition into base letter and accent. */
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

/** Characters treated as equal: quotation marks, hyphens and dashes, Arabic letters and digits. */
const alike: [string, string][] = [
  ["'", "`´‘’‚‛′ʹʻʼʽʾʿˊˋ՚׳＇"],
  ['"', "“”„‟″«»‹›〝〞״＂"],
  ["-", "‐‑‒–—―−⁃־﹘﹣－"],
  // Variants of alef, teh marbuta and alef maksura, and the Persian and Urdu forms of Arabic letters.
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
 * Combining marks of Latin, Greek and Cyrillic, Hebrew points and Arabic vowel signs. Excludes dakuten and
 * Indic vowel signs, which make a different letter.
 */
const accents =
  "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed";
/** Invisible characters and the Arabic tatweel. Keeps U+200D (zero-width joiner), which combines emoji. */
const unseen =
  "\\u00ad\\u061c\\u0640\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0";
const dropped = new RegExp(`[${accents}${unseen}]`, "g");
const spaces = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** ASCII with single spaces, which only needs to be lowercased. */
const plain = /^(?:[!-_a-~]| (?! ))*$/;

/**
 * Returns the search and sort key of a text: lowercase, without accents, and with variants of a character
 * unified. Computed here, not in PostgreSQL, so that keys don't depend on its locale. Keep it equal to
 * `refold_key` in the migrations.
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

/** Returns the distinct folded words of a text, for a search in any order. */
export function wordsOf(text: string): string[] {
  return [...new Set(foldText(text).split(/\s+/u))].filter((word) => word !== "");
}

/** Returns whether `text` contains `wanted`, both folded. Every text contains the empty text. */
export const containsFolded = (text: string, wanted: string): boolean =>
  foldText(text).includes(foldText(wanted).trim());
