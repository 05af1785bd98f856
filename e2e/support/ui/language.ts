import type { Language } from "./messages";

/** What a test types or expects depends on the language: formats, and the direction of arrow keys and of the mouse. */
export interface Conventions {
  /** The locale of dates, times and numbers. */
  locale: "ar-EG" | "en-US";
  /** The arrow key towards the end of a line: to the left in Arabic. */
  onwardKey: "ArrowRight" | "ArrowLeft";
  /** The arrow key towards the start of a line. */
  backKey: "ArrowRight" | "ArrowLeft";
  /** The sign of x coordinates towards the end of a line. */
  onward: 1 | -1;
  /** Returns the digits to type into a date field for a date such as `2027-06-16`. */
  digitsOf: (date: string) => string;
  /** Returns the keys to type into a time field for an hour from 0 to 23. */
  keysOf: (hour: number, minute?: number) => string;
}

/** Returns the conventions of a language. */
export function conventionsOf(language: Language): Conventions {
  const rightToLeft = language === "ar";
  const locale = rightToLeft ? "ar-EG" : "en-US";
  const [am, pm] = rightToLeft ? ["ص", "م"] : ["a", "p"];
  const order = new Intl.DateTimeFormat(locale).formatToParts().map(({ type }) => type);
  return {
    locale,
    onwardKey: rightToLeft ? "ArrowLeft" : "ArrowRight",
    backKey: rightToLeft ? "ArrowRight" : "ArrowLeft",
    onward: rightToLeft ? -1 : 1,
    digitsOf: (date) => {
      const [year, month, day] = date.split("-");
      const digits: Partial<Record<string, string | undefined>> = { year, month, day };
      return order.map((type) => digits[type] ?? "").join("");
    },
    keysOf: (hour, minute = 0) =>
      [hour % 12 || 12, minute].map((part) => String(part).padStart(2, "0")).join("") + (hour < 12 ? am : pm),
  };
}
