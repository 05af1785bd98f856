import { commonPresets } from "./presets";
import type { Settings } from "./settings";

/** The smaller workspace, without a default capacity rule. */
export const globex = {
  name: "Globex",
  slug: "globex",
  timezone: "America/New_York",
  roles: [],
  teams: [
    { name: "Front Desk", description: "Chat and phone, 8 to 8 Eastern.", visibility: "public" },
    { name: "Field Service", description: "Dispatches engineers.", visibility: "public" },
    { name: "Management", visibility: "private" },
  ],
  skills: [
    {
      name: "Language",
      valueType: "multiple",
      values: [
        ["English", "🇺🇸"],
        ["Spanish", "🇲🇽"],
        ["French", "🇨🇦"],
      ],
    },
    {
      name: "Licence",
      description: "Needed to send somebody out.",
      valueType: "single",
      values: [["A"], ["B"]],
    },
  ],
  capacityRules: [
    { name: "Dispatcher", description: "Keeps an eye on the road as well.", messaging: 3, email: 3 },
  ],
  senders: [
    { name: "Globex Service", username: "service", domain: "globex.example", signature: "Globex Service" },
  ],
  presets: commonPresets,
} as const satisfies Settings;
