import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import floors from "../../lib/floors.json" with { type: "json" };
import { projectDir } from "../paths";

/** Folders of lib that are not floors. */
const otherFolders = ["generated", "testing"];
const maxReadmeLines = 15;
const maxPageLines = 150;

const read = (...path: string[]) => readFileSync(join(projectDir, ...path), "utf8");
const linesOf = (text: string) => text.trimEnd().split("\n");
const foldersIn = (...path: string[]) =>
  readdirSync(join(projectDir, ...path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
const floorTable = [
  "| floor | holds | rooms |",
  "|---|---|---|",
  ...floors.map(({ floor, holds, rooms }) => `| \`${floor}\` | ${holds} | ${quoted(rooms)} |`),
].join("\n");

const howTos = readdirSync(join(projectDir, "docs", "how-to"));

/** The rows of a recipe's table: `| 1 | \`path\` | what to write |`. */
const stepsOf = (page: string) => [...page.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));

describe("lib/floors.json", () => {
  it("lists exactly the folders of lib", () => {
    expect(foldersIn("lib").filter((name) => !otherFolders.includes(name))).toEqual(
      floors.map(({ floor }) => floor).sort(),
    );
  });

  it.each(floors)("lists exactly the rooms of $floor", ({ floor, rooms }) => {
    expect(foldersIn("lib", floor)).toEqual([...rooms].sort());
  });
});

describe("docs/architecture.md", () => {
  const page = read("docs", "architecture.md");

  it("shows the floors of lib/floors.json", () => {
    expect(page).toContain(`\n${floorTable}\n\n`);
  });

  it("stays short enough to read", () => {
    expect(linesOf(page).length).toBeLessThanOrEqual(maxPageLines);
  });

  it("links every recipe", () => {
    expect(howTos.length).toBeGreaterThan(5);
    expect(howTos.filter((file) => !page.includes(`(how-to/${file})`))).toEqual([]);
  });
});

describe("a floor", () => {
  it.each(floors)("$floor has a short README that says what each room is for", ({ floor, rooms }) => {
    expect(existsSync(join(projectDir, "lib", floor, "README.md"))).toBe(true);
    const readme = read("lib", floor, "README.md");
    expect(linesOf(readme).length).toBeLessThanOrEqual(maxReadmeLines);
    expect(rooms.filter((room) => !readme.includes(`\`${room}\``))).toEqual([]);
  });
});

describe("a recipe", () => {
  it.each(howTos)("%s numbers its files in order and counts them", (file) => {
    const page = read("docs", "how-to", file);
    const steps = stepsOf(page);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps).toEqual(steps.map((_, index) => index + 1));
    expect(page).toContain(`**${steps.length} files`);
  });
});
