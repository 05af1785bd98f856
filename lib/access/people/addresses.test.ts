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
  ])("takes addresses between %s", (_, text) => {
    expect(readAddresses(text)).toEqual({ invitees: [anna, bob], malformed: [] });
  });

  it("takes addresses with nothing but spaces between them", () => {
    expect(readAddresses("a@example.com  b@example.com").invitees).toEqual([
      { email: "a@example.com" },
      { email: "b@example.com" },
    ]);
  });

  it("keeps a comma within a name, quoted or not", () => {
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

  it("drops what mail programs add: unseen characters, mailto:, the address as a name", () => {
    expect(readAddresses("\u200emailto:bob@example.com\ufeff").invitees).toEqual([bob]);
    expect(readAddresses("'bob@example.com' <bob@example.com>").invitees).toEqual([bob]);
  });

  it("takes an address once, whatever its case", () => {
    expect(readAddresses("Anna <anna@example.com>, ANNA@example.com").invitees).toEqual([anna]);
  });

  it("keeps what is no address, as it was written, beside what is one", () => {
    expect(readAddresses("nobody, bob@example.com, Eve <eve@>, two@@example.com, x y")).toEqual({
      invitees: [bob],
      malformed: ["nobody", "Eve <eve@>", "two@@example.com", "x y"],
    });
  });

  it("finds nothing in nothing", () => {
    expect(readAddresses(" ,;\n")).toEqual({ invitees: [], malformed: [] });
  });
});
