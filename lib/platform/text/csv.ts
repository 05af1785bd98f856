/** Characters that start a formula in spreadsheets, including full-width forms. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** Makes spreadsheets read the file as UTF-8. */
export const byteOrderMark = "\uFEFF";

export type CsvSeparator = "," | ";";

/** Escapes one field (RFC 4180). A leading apostrophe stops spreadsheets from running formulas. */
function field(value: string, separator: CsvSeparator): string {
  const harmless = formulaStart.test(value) ? `'${value}` : value;
  return /["\r\n]|^\s|\s$/.test(harmless) || harmless.includes(separator)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

/** Returns one CSV line with its line end (RFC 4180, apart from `;` as the separator). */
export function csvLine(values: readonly string[], separator: CsvSeparator = ","): string {
  return `${values.map((value) => field(value, separator)).join(separator)}\r\n`;
}
