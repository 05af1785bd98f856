import { describe, expect, it } from "vitest";
import { readAddresses } from "./addresses";

const anna = { email: "anna@example.com", name: "Anna" };
const bob = { email: "bob@example.com" };

describe("readAddresses", () => {
  it.each([
    ["commas", "Anna <anna@example.com>, bob@example.com"],
    ["semicolons", "Anna <anna@example.com>;bob@example.com;"],
    ["lines", "\nAnna <anna@example.com>\r\n\r\nbob@example.com\n"],
    ["Arabic commas", "Anna <anna@example.com>، bob@example.com"],
    ["spreadsheet cells", "Anna\tanna@example.com\nbob@example.com"],
  ])("reads addresses separated by %s", (_, text) => {
    expect(readAddresses(text)).toEqual({ invitees: [anna, bob], malformed: [] });
  });

  it("reads addresses separated only by spaces", () => {
    expect(readAddresses("a@example.com  b@example.com").invitees).toEqual([
      { email: "a@example.com" },
      { email: "b@example.com" },
    ]);
  });

  it("keeps a comma in a name, quoted or not", () => {
    const name = "Schmidt, Anna";
    expect(readAddresses(`"${name}" <anna@example.com>, bob@example.com`).invitees).toEqual([
      { ...anna, name },
      bob,
    ]);
    expect(readAddresses(`bob@example.com; ${name} <anna@example.com>`).invitees).toEqual([
      bob,
      { ...anna, name },
    ]);
  });

  it("drops invisible characters, mailto: and names that repeat the email", () => {
    expect(readAddresses("\u200emailto:bob@example.com\ufeff").invitees).toEqual([bob]);
    expect(readAddresses("'bob@example.com' <bob@example.com>").invitees).toEqual([bob]);
  });

  it("ignores duplicates in any case", () => {
    expect(readAddresses("Anna <anna@example.com>, ANNA@example.com").invitees).toEqual([anna]);
  });

  it("returns invalid parts as written", () => {
    expect(readAddresses("nobody, bob@example.com, Eve <eve@>, two@@example.com, x y")).toEqual({
      invitees: [bob],
      malformed: ["nobody", "Eve <eve@>", "two@@example.com", "x y"],
    });
  });

  it("returns nothing for separators only", () => {
    expect(readAddresses(" ,;\n")).toEqual({ invitees: [], malformed: [] });
  });
});
