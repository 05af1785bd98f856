import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CompiledMessage } from "icu-minify/format";
import format from "icu-minify/format";
import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";
import { languages } from "@/lib/platform/locale/locales";
import { projectDir } from "../paths";

interface Tree<Message> {
  [key: string]: Message | Tree<Message>;
}

const formatters = {
  getDateTimeFormat: (...options: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new Intl.DateTimeFormat(...options),
  getNumberFormat: (...options: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...options),
  getPluralRules: (...options: ConstructorParameters<typeof Intl.PluralRules>) =>
    new Intl.PluralRules(...options),
};

/** Returns all messages of a catalog by their path. */
function flatten<Message>(
  tree: Tree<Message>,
  isMessage: (value: Message | Tree<Message>) => value is Message,
  path = "",
): [string, Message][] {
  return Object.entries(tree).flatMap(([key, value]): [string, Message][] =>
    isMessage(value) ? [[`${path}${key}`, value]] : flatten(value, isMessage, `${path}${key}.`),
  );
}

const isText = (value: string | Tree<string>): value is string => typeof value === "string";
const isCompiled = (value: CompiledMessage | Tree<CompiledMessage>): value is CompiledMessage =>
  typeof value === "string" || Array.isArray(value);

/** Returns a value for each argument and tag of a message. */
function valuesFor(text: string, number: number) {
  const marked = (tag: string) => (chunks: unknown[]) => `[${tag} ${chunks.join("")}]`;
  return Object.fromEntries([
    ...[...text.matchAll(/\{(\w+)(?:\}|, select)/g)].map(([, name = ""]) => [name, `${name} ${number}`]),
    ...[...text.matchAll(/\{(\w+), (?:number|plural|selectordinal)/g)].map(([, name = ""]) => [name, number]),
    ...[...text.matchAll(/<(\w+)>/g)].map(([, name = ""]) => [name, marked(name)]),
  ]);
}

test.each(languages.map((language) => [language]))(
  "compiled messages in %s read like their source",
  async (language) => {
    const { default: compileMessages }: { default: (source: string) => string } = await import(
      pathToFileURL(join(projectDir, "scripts", "build", "compile-messages.mjs")).href
    );
    const folder = join(projectDir, "lib", "platform", "locale", "messages", language);
    for (const file of await readdir(folder)) {
      const source = await readFile(join(folder, file), "utf8");
      const compiled: Tree<CompiledMessage> = JSON.parse(
        compileMessages(source).replace(/^export default (.*);$/s, "$1"),
      );
      const messages = new Map(flatten(compiled, isCompiled));
      for (const [key, text] of flatten<string>(JSON.parse(source), isText))
        for (const number of [0, 1, 2, 5, 11, 1234.5]) {
          const values = valuesFor(text, number);
          const shown = format(messages.get(key) ?? "", language, values, { formatters });
          expect(shown, key).toEqual(new IntlMessageFormat(text, language).format(values));
        }
    }
  },
);
