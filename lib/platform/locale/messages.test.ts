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

/** Returns the names of all arguments and tags of a message. */
function argumentsOf(text: string, language: string): string[] {
  const names = new Set<string>();
  const walk = (nodes: Node[]) => {
    for (const node of nodes) {
      // Type 0 is literal text, type 7 is the # of a plural.
      if (node.type !== 0 && node.type !== 7) names.add(String(node.value));
      for (const option of Object.values(node.options ?? {})) walk(option.value);
      walk(node.children ?? []);
    }
  };
  walk(new IntlMessageFormat(text, language).getAst() as unknown as Node[]);
  return [...names].sort();
}

describe.each(languages.map((language) => [language]))("the messages in %s", (language) => {
  it("have exactly one file per area", () => {
    const files = readdirSync(new URL(`./messages/${language}/`, import.meta.url));
    expect(files.sort()).toEqual(messageAreas.map((area) => `${area}.json`));
  });

  it("have the same keys and arguments as English", async () => {
    const english = flatten((await loadMessages("en")) as unknown as Tree);
    const own = flatten((await loadMessages(language)) as unknown as Tree);
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of own) {
      expect(text.trim(), key).not.toBe("");
      expect(argumentsOf(text, language), key).toEqual(argumentsOf(english.get(key) ?? "", "en"));
    }
  });

  it("have every plural category of the language", async () => {
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
