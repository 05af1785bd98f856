/** What spreadsheets take for the beginning of a formula, also in its full-width forms. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** Tells spreadsheets that a file is UTF-8: it stands at its beginning. */
export const byteOrderMark = "\uFEFF";

/** One field as RFC 4180 writes it. A text that a spreadsheet would compute gets an apostrophe before it. */
function field(value: string): string {
  const harmless = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** One line of a CSV file (RFC 4180), with its end. */
export function csvLine(values: readonly string[]): string {
  return `${values.map(field).join(",")}\r\n`;
}
