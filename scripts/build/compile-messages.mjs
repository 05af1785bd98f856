// A loader that parses a catalog during the build. The parser of ICU messages would be 10 kB in each page.
import compile from "icu-minify/compile";

const compileAll = (node) =>
  typeof node === "string"
    ? compile(node)
    : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, compileAll(value)]));

export default function compileMessages(source) {
  return `export default ${JSON.stringify(compileAll(JSON.parse(source)))};`;
}
