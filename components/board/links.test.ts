import { describe, expect, it } from "vitest";
import { newAgentPath as nameOfList, readListAddress } from "@/components/agents/list/list-address";
import { codes } from "@/lib/availability/effective/values";
import { readBoardAddress, writeBoardAddress } from "./board-address";
import { filterOf, listPath, newAgentPath, openPath } from "./links";

const one = "0198c0de-7e57-7000-8000-000000000001";
const two = "0198c0de-7e57-7000-8000-000000000002";

const readPath = (path: string) => readListAddress(new URL(path, "http://localhost").searchParams);

describe("a link to the list", () => {
  it("is read by the list as the filter that it was made from", () => {
    for (const filter of codes.map(filterOf)) {
      if (!filter) continue;
      const path = listPath({ ...filter, teams: [one, two], skills: [two] });
      expect(readPath(path)).toMatchObject({ ...filter, teams: [one, two], skills: [two] });
    }
    expect(readPath(openPath("voice", { teams: [one] }))).toMatchObject({ canTake: ["voice"], teams: [one] });
  });

  it("to all agents has no query", () => {
    expect(listPath({})).toBe("/agents");
    expect(listPath({ teams: [] })).toBe("/agents");
  });

  it("opens the dialog for a new agent like the link of other pages", () => {
    expect(newAgentPath).toBe(nameOfList);
  });
});

describe("the address of the board", () => {
  it("keeps the teams, the channel and the full screen, without defaults", () => {
    const state = { teams: [one, two], channel: "email", isFull: true } as const;
    const address = writeBoardAddress("", { ...state, teams: [...state.teams] });
    expect(address).toBe(`?team=${one},${two}&channel=email&screen=full`);
    expect(readBoardAddress(address)).toEqual(state);
    expect(writeBoardAddress(address, { teams: [], channel: "messaging", isFull: false })).toBe("");
  });

  it("with anything else shows the default", () => {
    expect(readBoardAddress("?team=&channel=fax&screen=half")).toEqual({
      teams: [],
      channel: "messaging",
      isFull: false,
    });
  });
});
