/** What stands for a minus, besides the dashes of Unicode: the minus sign, the Japanese length mark, the hyphen bullet. */
const dashes = /[\p{Pd}\u2212\u30fc\u2043]/gu;
/** What is not seen: direction marks, zero-width spaces, soft hyphens, variation selectors, other controls. */
const unseen = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/** The value of a decimal digit of any script: they come in rows of ten, from nought to nine. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/** Text as typed or pasted, with ASCII digits, plain spaces and hyphens, and nothing that is not seen. */
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

/** A label or a scheme before the number, such as `tel:`, `Phone:` or a picture of a telephone. */
const label = /^(?:[\p{L}\p{M}][\p{L}\p{M} .-]{0,30}[:.])?[^\p{L}\p{N}+(]*(?=[+(\d])/u;
/** A number within the company, behind the number: `ext. 12`, `x12`, `#12`, `;ext=12`, `,,12`, `Durchwahl 12`. */
const extension =
  /(?:[;,]\s*(?:ext|isub)\s*=|\b(?:ext(?:ension|n)?|x|int|poste|anexo|durchwahl|dw|nebenstelle|apparat|app)\b|(?<=\d)x|доб|تحويلة|داخلي|فرعي|内線|#|[,;])[\s.:,;#]*\d{1,9}#?$/iu;
/** What may stand between digits and mean nothing. */
const filling = /[\s()[\]{}.\-/\\·•‧_~'’⁓∼]/gu;

/** A number as digits, with a plus before them where it names its country. */
export interface CleanNumber {
  digits: string;
  /** The same where a nought in brackets was left out, as in `+49 (0)30`. */
  withoutTrunk: string | undefined;
}

/** Why there are no digits to read. */
export type CleaningProblem = "extension" | "notPhone";

/** The digits of a telephone number as people write it; what is wrong with it otherwise. */
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

/** Digits alone, with one plus before them at most: in Arabic texts it is sometimes typed behind them. */
function joined(written: string): string | undefined {
  const bare = written
    .replace(filling, "")
    .replace(/^(\d+)\+$/, "+$1")
    .replace(/^\+00/, "+");
  return /^\+?\d+$/.test(bare) ? bare : undefined;
}
