/** What spreadsheets take for the beginning of a formula, also in its full-width forms. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** Tells spreadsheets that a file is UTF-8: it stands at its beginning. */
export const byteOrderMark = "\uFEFF";

/** What stands between fields. */
export type CsvSeparator = "," | ";";

/** One field as RFC 4180 writes it. A text that a spreadsheet would compute gets an apostrophe before it. */
function field(value: string, separator: CsvSeparator): string {
  const harmless = formulaStart.test(value) ? `'${value}` : value;
  return /["\r\n]|^\s|\s$/.test(harmless) || harmless.includes(separator)
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

/** One line of a CSV file (RFC 4180, where the separator is a comma), with its end. */
export function csvLine(values: readonly string[], separator: CsvSeparator = ","): string {
  return `${values.map((value) => field(value, separator)).join(separator)}\r\n`;
}
