import { describe, expect, it } from "vitest";
import type { Agent } from "@/lib/agents/agents/contract";
import { agentsCsv, type CsvColumn, csvColumns, csvSeparator, toCsv } from "./csv";

const lines = (text: string) => text.replace("\uFEFF", "").split("\r\n").slice(0, -1);

describe("a CSV file", () => {
  it("starts with a byte order mark and ends each row with CRLF", () => {
    expect(
      toCsv([
        ["a", "b"],
        ["c", "d"],
      ]),
    ).toBe("\uFEFFa,b\r\nc,d\r\n");
  });

  it("quotes values with commas, quotes, line breaks, or leading or trailing spaces", () => {
    expect(lines(toCsv([["a,b", 'say "hi"', "plain"]]))).toEqual(['"a,b","say ""hi""",plain']);
    expect(toCsv([["one\r\ntwo", " x"]])).toBe('\uFEFF"one\r\ntwo"," x"\r\n');
  });

  it.each([
    ["en", ","],
    ["en-US", ","],
    ["de", ";"],
    ["de-DE", ";"],
    ["de-CH", ","],
    ["ar", ","],
  ])("uses the separator that spreadsheets expect: %s %s", (locale, separator) => {
    expect(csvSeparator(locale)).toBe(separator);
  });

  it("quotes semicolons instead of commas when the separator is a semicolon", () => {
    expect(toCsv([["a;b", "c,d", "=1"]], ";")).toBe('\uFEFF"a;b";c,d;\'=1\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"])(
    "escapes %j, which a spreadsheet would run as a formula",
    (value) => {
      const [row = ""] = toCsv([[value]])
        .replace("\uFEFF", "")
        .split("\r\n")
        .map((line) => line.replace(/^"/, ""));
      expect(row.startsWith("'")).toBe(true);
    },
  );

  it("leaves other text unchanged in any script", () => {
    expect(lines(toCsv([["Adébísí Ọlátúnjí", "2026-03-10", "سلام"]]))).toEqual([
      "Adébísí Ọlátúnjí,2026-03-10,سلام",
    ]);
  });
});

describe("an agent export", () => {
  const headings = Object.fromEntries(csvColumns.map((id) => [id, id.toUpperCase()])) as Record<
    CsvColumn,
    string
  >;
  const agent = {
    id: "a1",
    name: "=Mila",
    type: "user",
    status: "away",
    userEmails: ["mila@example.com", "m@example.com"],
    createdAt: "2026-01-01T00:00:00.000Z",
    timezone: "Europe/Berlin",
    availability: {
      status: "away",
      activity: "onBreak",
      lastStatusSet: "2026-03-10T12:00:00.000Z",
      lastActivitySet: "2026-03-10T12:00:00.000Z",
    },
    teams: [{ name: "Sales" }, { name: "Support, second" }],
    roles: [{ id: "r1" }, { id: "r2" }],
    assignedSkills: [
      { name: "Language", selectedValues: [{ value: "German" }, { value: "English" }] },
      { name: "Refunds", selectedValues: [] },
    ],
    workload: { workload: { messaging: 2, email: 0 } },
  } as unknown as Agent;

  it("has the chosen columns in order, with their headings", () => {
    const text = agentsCsv([agent], ["name", "email", "status", "skills"], headings, new Map());
    expect(lines(text)).toEqual([
      "NAME,EMAIL,STATUS,SKILLS",
      `'=Mila,mila@example.com,away,"Language: German, English; Refunds"`,
    ]);
  });

  it("shows role names where known and leaves missing values empty", () => {
    const columns = [
      "roles",
      "teams",
      "messagingOpen",
      "messagingCapacity",
      "capacityRule",
      "activityText",
    ] as const;
    const text = agentsCsv([agent], columns, headings, new Map([["r1", "Supervisor"]]));
    expect(lines(text)[1]).toBe('Supervisor; r2,"Sales; Support, second",2,,,');
  });
});
