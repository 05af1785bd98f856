// A loader for the tables of texts that React Aria brings along in 34 languages: it keeps those that the product speaks.
// A table is a module of imports, one a language, and an object that names them.

const tag = /["/]([a-z]{2}-[A-Z]{2})(?:\.[cm]?js)?"/;

/** @this {{ getOptions(): { languages: string[] } }} */
export default function keepLanguages(source) {
  const { languages } = this.getOptions();
  return source
    .split("\n")
    .filter((line) => {
      const found = tag.exec(line)?.[1];
      return found === undefined || languages.includes(found);
    })
    .join("\n");
}
