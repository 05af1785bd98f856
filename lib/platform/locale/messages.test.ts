import { readdirSync } from "node:fs";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { languages } from "./locales";
import { loadMessages, messageAreas } from "./messages";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === "string") found.set(at, value);
    else for (const [deeper, text] of flatten(value, at)) found.set(deeper, text);
  }
  return found;
}

interface Node {
  type: number;
  value?: unknown;
  options?: Record<string, { value: Node[] }>;
  children?: Node[];
}

/** The names of everything that is filled into a text: arguments, and tags around words. */
function argumentsOf(text: string, language: string): string[] {
  const names = new Set<string>();
  const walk = (nodes: Node[]) => {
    for (const node of nodes) {
      // 0 is plain text and 7 the # of a plural.
      if (node.type !== 0 && node.type !== 7) names.add(String(node.value));
      for (const option of Object.values(node.options ?? {})) walk(option.value);
      walk(node.children ?? []);
    }
  };
  walk(new IntlMessageFormat(text, language).getAst() as unknown as Node[]);
  return [...names].sort();
}

describe.each(languages.map((language) => [language]))("the catalogue %s", (language) => {
  it("has a file for each area and no other", () => {
    const files = readdirSync(new URL(`./messages/${language}/`, import.meta.url));
    expect(files.sort()).toEqual(messageAreas.map((area) => `${area}.json`));
  });

  it("has the texts that English has, with the same things filled in", async () => {
    const english = flatten((await loadMessages("en")) as unknown as Tree);
    const own = flatten((await loadMessages(language)) as unknown as Tree);
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of own) {
      expect(text.trim(), key).not.toBe("");
      expect(argumentsOf(text, language), key).toEqual(argumentsOf(english.get(key) ?? "", "en"));
    }
  });

  it("has every form of a plural that its language tells apart", async () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of flatten((await loadMessages(language)) as unknown as Tree)) {
      const walk = (nodes: Node[]) => {
        for (const node of nodes) {
          if (node.type === 6 && (node as { pluralType?: string }).pluralType === "cardinal")
            expect(Object.keys(node.options ?? {}), key).toEqual(expect.arrayContaining([...forms]));
          for (const option of Object.values(node.options ?? {})) walk(option.value);
          walk(node.children ?? []);
        }
      };
      walk(new IntlMessageFormat(text, language).getAst() as unknown as Node[]);
    }
  });
});
