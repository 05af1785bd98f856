/**
 * Names that JavaScript engines take from their Unicode data but that the IANA database does not have: the
 * three-letter names of Java's early days ("PST", "IST", each meaning one arbitrary country) and "SystemV/…".
 */
const notIana =
  /^(?:(?:ac|ae|ag|ar|as|be|bs|ca|cn|cs|ct|ea|ec|ie|is|js|mi|ne|ns|pl|pn|pr|ps|ss|vs)t|systemv\/.*)$/i;

/** IANA names begin with a letter, which keeps out the `+02:00` that newer engines accept as a zone. */
const nameShape = /^[a-z][a-z0-9_+/-]*$/i;

/** `GMT+2`, `UTC+5`, `UTC0`: offsets in the clothes of a name. */
const namedOffset = /^(?:gmt|utc|ut)[+-]?\d/i;

/** The three names of the IANA database itself that look like a named offset. */
const zeroLinks = /^gmt[+-]?0$/i;

/**
 * Whether the value names a zone of the IANA database, or an alias of one, that this runtime has data for.
 *
 * Letter case does not matter, and the caller keeps the value as it was sent. Offsets (`+02:00`, `GMT+2`,
 * `UTC+5`) are refused whatever the engine thinks of them: they have no daylight-saving rules, so a schedule
 * in one would be wrong for half of the year. `Etc/GMT+5` is a name of the database and is accepted.
 */
export function isTimeZone(value: string): boolean {
  if (!nameShape.test(value) || notIana.test(value)) return false;
  if (namedOffset.test(value) && !zeroLinks.test(value)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
