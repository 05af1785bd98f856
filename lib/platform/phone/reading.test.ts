import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phoneNumberSchema } from "@/lib/agents/agents/contract";
import { type PhoneProblem, readPhoneNumber } from "./reading";

const number = (text: string, country?: string) => {
  const reading = readPhoneNumber(text, country);
  return reading.kind === "number" ? reading.number : reading;
};

describe("a number with a country code", () => {
  it.each([
    ["in E.164 form", "+49301234567"],
    ["with brackets and spaces", "+49 (30) 123-45 67"],
    ["with a zero in brackets", "+49 (0)30 1234567"],
    ["with a zero in brackets, without spaces", "+49(0)301234567"],
    ["with a zero in square brackets", "+49 [0] 30 1234567"],
    ["with the code in brackets", "(+49) 30 1234567"],
    ["with code and zero in brackets", "(+49) (0) 30 1234567"],
    ["with a trunk zero without brackets", "+49 030 1234567"],
    ["between direction isolates", "\u2066+49301234567\u2069"],
    ["between direction marks", "\u200e+49 30 1234567\u200f"],
    ["in a direction embedding", "\u202a+49 30 1234567\u202c"],
    ["after an Arabic letter mark", "\u061c+49 30 1234567"],
    ["after a byte order mark", "\ufeff+49301234567"],
    ["with non-breaking hyphens", "+49\u201130\u20111234567"],
    ["with en dashes", "+49 30 – 1234567"],
    ["with minus signs", "+49\u221230\u22121234567"],
    ["with non-breaking spaces", "+49\u00a030\u202f1234567"],
    ["with zero-width spaces", "+49\u200b30\u20601234567"],
    ["with a soft hyphen", "+49 30 123\u00ad4567"],
    ["with tabs and a line break", "\t+49 30 1234567\r\n"],
    ["with periods", "+49.30.123.45.67"],
    ["with slashes", "+49/30/1234567"],
    ["with middle dots", "+49·30·1234567"],
    ["in Arabic-Indic digits", "+٤٩ ٣٠ ١٢٣٤٥٦٧"],
    ["in Arabic-Indic digits with a zero in brackets", "+٤٩ (٠)٣٠ ١٢٣٤٥٦٧"],
    ["in extended Arabic-Indic digits", "+۴۹ ۳۰ ۱۲۳۴۵۶۷"],
    ["in Devanagari digits", "+४९ ३० १२३४५६७"],
    ["in full-width digits", "＋４９（３０）１２３４５６７"],
    ["with a trailing plus", "49301234567+"],
    ["as a tel: URL", "tel:+49-30-1234567"],
    ["as a tel: URL with an encoded plus", "tel:%2B49301234567"],
    ["as an uppercase TEL: URL", "TEL:+49301234567"],
    ["as a callto: URL", "callto:+49301234567"],
    ["as a tel: URL with phone-context", "tel:301234567;phone-context=+49"],
    ["after a label", "Tel.: +49 30 1234567"],
    ["after an Arabic label", "هاتف: +49 30 1234567"],
    ["after an emoji", "☎️ +49 30 1234567"],
  ])("is accepted %s", (_, text) => {
    expect(number(text)).toBe("+49301234567");
    expect(number(text, "US")).toBe("+49301234567");
    expect(number(text, "DE")).toBe("+49301234567");
  });

  it.each([
    ["Italy, where the zero is part of the number", "+39 (0)6 12345678", "+390612345678"],
    ["Italy, without brackets", "+39 06 12345678", "+390612345678"],
    ["Great Britain", "+44 (0)20 7946 0958", "+442079460958"],
    ["Austria", "+43 (0) 1 5123456", "+4315123456"],
    ["Switzerland", "+41 (0)44 668 18 00", "+41446681800"],
    ["France", "+33 (0)1 42 68 53 00", "+33142685300"],
    ["Russia with trunk prefix 8", "+7 (8) 495 123-45-67", "+74951234567"],
    ["Nepal", "+977 1 4123456", "+97714123456"],
    ["the United States", "+1 (415) 555-0123", "+14155550123"],
    ["the international freephone code", "+800 1234 5678", "+80012345678"],
    ["a satellite network", "+881 6 2345 6789", "+881623456789"],
  ])("is normalized for %s", (_, text, expected) => {
    expect(number(text)).toBe(expected);
  });
});

describe("a number without a country code", () => {
  it.each([
    ["DE", "030 1234567", "+49301234567"],
    ["DE", "(030) 1234567", "+49301234567"],
    ["DE", "030/1234567", "+49301234567"],
    ["DE", "0049 30 1234567", "+49301234567"],
    ["DE", "0049 (0)30 1234567", "+49301234567"],
    ["DE", "49 30 1234567", "+49301234567"],
    ["DE", "00 1 415 555 0123", "+14155550123"],
    ["US", "(415) 555-0123", "+14155550123"],
    ["US", "1-415-555-0123", "+14155550123"],
    ["US", "011 49 30 1234567", "+49301234567"],
    ["US", "0049 30 1234567", "+49301234567"],
    ["IT", "06 12345678", "+390612345678"],
    ["GB", "020 7946 0958", "+442079460958"],
    ["SA", "٠٥٠ ١٢٣ ٤٥٦٧", "+966501234567"],
    ["AE", "\u200f٠٥٠\u00a0١٢٣\u2011٤٥٦٧", "+971501234567"],
  ])("belongs to the given country: %s, %s", (country, text, expected) => {
    expect(readPhoneNumber(text, country)).toMatchObject({ kind: "number", number: expected });
  });

  it.each(["030 1234567", "0049 30 1234567", "415 555 0123"])("is rejected without a country: %s", (text) => {
    const refused = { kind: "problem", problem: "noCountry" };
    expect(readPhoneNumber(text)).toEqual(refused);
    expect(readPhoneNumber(text, "")).toEqual(refused);
    // Antarctica has no country code.
    expect(readPhoneNumber(text, "AQ")).toEqual(refused);
  });
});

describe("an invalid number", () => {
  it.each<[PhoneProblem, string]>([
    ["extension", "+49 30 1234567 ext. 12"],
    ["extension", "+49 30 1234567 ext 12"],
    ["extension", "+49 30 1234567 Extension 12"],
    ["extension", "+49 30 1234567x12"],
    ["extension", "+49 30 1234567 x 12"],
    ["extension", "+49 30 1234567 #12"],
    ["extension", "+49 30 1234567,,12#"],
    ["extension", "tel:+49-30-1234567;ext=12"],
    ["extension", "+49 30 1234567 Durchwahl 12"],
    ["extension", "+49 30 1234567 DW 12"],
    ["extension", "+49 30 1234567 تحويلة ١٢"],
    ["tooShort", "+1 415 555 012"],
    ["tooLong", "+1 415 555 01234"],
    ["unknownCode", "+999 1234567"],
    ["notPhone", "nobody"],
    ["notPhone", "+1 800 FLOWERS"],
    ["notPhone", "+49 30 1234567 or +49 30 7654321"],
    ["notPhone", "+49 30 1234567 / +49 30 7654321"],
    ["notPhone", "+"],
    ["notPhone", "-"],
  ])("is rejected as %s: %s", (problem, text) => {
    expect(readPhoneNumber(text)).toEqual({ kind: "problem", problem });
  });

  it.each(["", "  ", "\u200e", "\u2066\u2069", "\u00a0"])(
    "text without visible characters is empty: %j",
    (text) => {
      expect(readPhoneNumber(text, "DE")).toEqual({ kind: "empty" });
    },
  );
});

describe("any input", () => {
  const parts = [..."+0123456789٠٩۰()[]-–/. \u200e\u2069x#,;", "(0)", "tel:", "ext.", "00", "49", "+49"];
  it("is a valid number for the API or rejected", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { maxLength: 24 }),
        fc.constantFrom(undefined, "DE", "US", "IT", "AQ"),
        (typed, country) => {
          const reading = readPhoneNumber(typed.join(""), country);
          if (reading.kind === "number")
            expect(phoneNumberSchema.safeParse(reading.number).success).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("gives the same number when parsed again", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 24 }), (typed) => {
        const first = readPhoneNumber(typed.join(""), "DE");
        if (first.kind === "number") expect(readPhoneNumber(first.number, "US")).toEqual(first);
      }),
      { numRuns: 2000 },
    );
  });
});
