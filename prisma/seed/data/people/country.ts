import type { HolidayCalendar } from "../holidays";
import type { HairColour, Style, Tone } from "../portraits";

/** Name as its bearer writes it, the local part of the address in ASCII, the kind of portrait that goes with it. */
export type Person = readonly [name: string, address: string, style: Style];

/** The region whose customer care team the people of a country work in. */
export type Region = "europe" | "americas" | "asiaPacific" | "middleEastAfrica";

/** What the people of one country have in common. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: string;
  region: Region;
  /** The first for most people, the others for every fourth. */
  zones: readonly [string, ...string[]];
  /** The language that their calls are transcribed in; several countries have none of the supported ones. */
  locale?: string;
  /** The language of their customers, as a value of the skill "Language". */
  language: string;
  /** E.164, each # a digit: ranges set aside for fiction where the country has one, else 555 or a row of zeros. */
  phones: readonly [string, ...string[]];
  calendar: HolidayCalendar;
  /** Skin tones of fitting portraits. */
  tones: readonly Tone[];
  /** Hair colours of fitting portraits; left out, any. */
  hair?: readonly HairColour[];
  people: readonly Person[];
}
