import type { Country } from "./country";

/** People of the second workspace. */
export const globexPeople: readonly Country[] = [
  {
    code: "US",
    region: "americas",
    zones: ["America/New_York", "America/Chicago", "America/Detroit", "America/Los_Angeles"],
    locale: "en-US",
    language: "English",
    phones: ["+1646555010#", "+1313555014#"],
    calendar: "unitedStates",
    tones: [1, 2, 3, 4, 5, 6],
    people: [
      ["Mackenzie O'Leary", "mackenzie.oleary", "f"],
      ["Hunter Lindholm", "hunter.lindholm", "m"],
      ["Bryce Vandermeer", "bryce.vandermeer", "m"],
      ["Renée St. Clair", "renee.stclair", "f"],
      ["Zachariah Goldfarb", "zachariah.goldfarb", "m"],
      ["Brandon Petrosyan", "brandon.petrosyan", "m"],
      ["Latoya Pettiford", "latoya.pettiford", "f"],
    ],
  },
  {
    code: "CA",
    region: "americas",
    zones: ["America/Toronto", "America/Halifax"],
    locale: "en-US",
    language: "English",
    phones: ["+1416555019#"],
    calendar: "canada",
    tones: [1, 2, 4],
    people: [
      ["Angus Peddle", "angus.peddle", "m"],
      ["Naomi Whiteduck", "naomi.whiteduck", "f"],
    ],
  },
  {
    code: "MX",
    region: "americas",
    zones: ["America/Monterrey"],
    locale: "es-MX",
    language: "Spanish",
    phones: ["+528155500###"],
    calendar: "mexico",
    tones: [3, 4],
    hair: ["black", "brown", "grey"],
    people: [
      ["Héctor Sepúlveda", "hector.sepulveda", "m"],
      ["Sofía Nuñez", "sofia.nunez", "f"],
    ],
  },
];
