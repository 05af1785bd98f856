import type { HolidayCalendar } from "../holidays";
import type { HairColour, Style, Tone } from "../portraits";

/** Name in its own spelling, ASCII local part of the email address, and style of portrait. */
export type Person = readonly [name: string, address: string, style: Style];

/** The region whose customer care team covers the country. */
export type Region = "europe" | "americas" | "asiaPacific" | "middleEastAfrica";

/** Data shared by all people of a country. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: string;
  region: Region;
  /** The first is used most; every fourth person gets one of the others. */
  zones: readonly [string, ...string[]];
  /** Transcription locale. Undefined if none of the supported ones fits. */
  locale?: string;
  /** Language of their customers, as a value of the "Language" skill. */
  language: string;
  /**
   * E.164 with # for a digit: numbers reserved for fiction where the country has any, otherwise 555 or zeros.
   */
  phones: readonly [string, ...string[]];
  calendar: HolidayCalendar;
  /** Skin tones of matching portraits. */
  tones: readonly Tone[];
  /** Hair colors of matching portraits. Defaults to any. */
  hair?: readonly HairColour[];
  people: readonly Person[];
}
