import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { channels } from "@/lib/availability/effective/values";

/** The state of the board in the URL. */
const parameters = {
  teams: parseAsArrayOf(parseAsString).withDefault([]),
  /** Whose next candidates are shown. */
  channel: parseAsStringLiteral(channels).withDefault("messaging"),
  /** Whether the board fills the screen, without navigation and in large type. */
  screen: parseAsStringLiteral(["full"] as const),
};

/** Parameter names that differ from the property names: a repeated parameter is in the singular. */
const options = { urlKeys: { teams: "team" } };

export const readBoardAddress = createLoader(parameters, options);
export const writeBoardAddress = createSerializer(parameters, options);
