// A loader that reduces React Aria's message tables from 34 languages to the product's. A table is a module
// with one import per language and an object that lists them.

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
