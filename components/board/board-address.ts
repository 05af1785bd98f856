import { type Channel, channels } from "@/lib/availability/effective/values";

/** The state of the board in the URL. */
export interface BoardState {
  /** Ids of the selected teams. Empty for all agents. */
  teams: string[];
  /** The channel whose next candidates are shown. */
  channel: Channel;
  /** Whether the board fills the screen, without navigation and in large type. */
  isFull: boolean;
}

/** Parses the query string of the board. */
export function readBoardAddress(search: string): BoardState {
  const parameters = new URLSearchParams(search);
  return {
    teams: parameters.get("team")?.split(",").filter(Boolean) ?? [],
    channel: channels.find((each) => each === parameters.get("channel")) ?? channels[0],
    isFull: parameters.get("screen") === "full",
  };
}

/** Writes a change into the query string of the board. Defaults are left out. */
export function writeBoardAddress(search: string, change: Partial<BoardState>): string {
  const { teams, channel, isFull } = { ...readBoardAddress(search), ...change };
  return queryOf({
    team: teams,
    channel: channel === channels[0] ? undefined : [channel],
    screen: isFull ? ["full"] : undefined,
  });
}

/**
 * Returns a query string such as `?team=a,b`, or "" without values. The values are ids and codes. The library of
 * other pages (nuqs) would take the board over its script budget.
 */
export function queryOf(parameters: Readonly<Record<string, readonly string[] | undefined>>): string {
  const parts = Object.entries(parameters).flatMap(([name, values]) =>
    values && values.length > 0 ? [`${name}=${values.map(encodeURIComponent).join(",")}`] : [],
  );
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}
