/** Dashes, and characters used as dashes: minus sign, Japanese prolonged sound mark, hyphen bullet. */
const dashes = /[\p{Pd}\u2212\u30fc\u2043]/gu;
/** Invisible characters: direction marks, zero-width spaces, soft hyphens, variation selectors, controls. */
const unseen = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Returns the value of a decimal digit of any script. Unicode assigns the ten digits of a script in sequence.
 */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/** Normalizes typed or pasted text: ASCII digits, plain spaces and hyphens, no invisible characters. */
export function plainText(text: string): string {
  return text
    .replace(/[\t\n\r]/g, " ")
    .replace(unseen, "")
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\p{Zs}\u2028\u2029]+/gu, " ")
    .replace(dashes, "-")
    .trim();
}

/** A label or scheme before the number, such as `tel:`, `Phone:` or a telephone emoji. */
const label = /^(?:[\p{L}\p{M}][\p{L}\p{M} .-]{0,30}[:.])?[^\p{L}\p{N}+(]*(?=[+(\d])/u;
/** An extension after the number: `ext. 12`, `x12`, `#12`, `;ext=12`, `,,12`, `Durchwahl 12`. */
const extension =
  /(?:[;,]\s*(?:ext|isub)\s*=|\b(?:ext(?:ension|n)?|x|int|poste|anexo|durchwahl|dw|nebenstelle|apparat|app)\b|(?<=\d)x|доб|تحويلة|داخلي|فرعي|内線|#|[,;])[\s.:,;#]*\d{1,9}#?$/iu;
/** Separators between digits. */
const filling = /[\s()[\]{}.\-/\\·•‧_~'’⁓∼]/gu;

/** The digits of a number, with a leading plus if it has a country code. */
export interface CleanNumber {
  digits: string;
  /** The number without a trunk zero in brackets, as in `+49 (0)30`. */
  withoutTrunk: string | undefined;
}

export type CleaningProblem = "extension" | "notPhone";

/** Extracts the digits of a phone number, or returns why there are none. */
export function cleanNumber(text: string): CleanNumber | CleaningProblem {
  const scheme = /^\s*(?:tel|callto|sms):/i.test(text);
  const written = plainText(scheme ? text.replace(/%2b/gi, "+").replace(/%20/g, " ") : text)
    .replace(label, "")
    .replace(/;phone-context=(\+\d+).*$/i, (_, context: string) => `@${context}`)
    .replace(/^([^@]*)@(\+\d+)$/, "$2 $1");
  if (extension.test(written)) return "extension";
  const digits = joined(written);
  if (digits === undefined) return "notPhone";
  const trunk = /^(\D*\d[\d\s.-]{0,5}?[)\]]?[\s.-]*)[([]\s*0\s*[)\]]/.exec(written)?.[1];
  if (trunk === undefined) return { digits, withoutTrunk: undefined };
  const rest = written.slice(trunk.length).replace(/^[([]\s*0\s*[)\]]/, "");
  return { digits, withoutTrunk: joined(trunk + rest) };
}

/** Removes separators. In Arabic text, the plus may come after the digits. */
function joined(written: string): string | undefined {
  const bare = written
    .replace(filling, "")
    .replace(/^(\d+)\+$/, "+$1")
    .replace(/^\+00/, "+");
  return /^\+?\d+$/.test(bare) ? bare : undefined;
}
