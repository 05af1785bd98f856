/** Values of named parameters. Null is NULL; undefined counts as missing. */
export type Values = Readonly<Record<string, unknown>>;

/** A statement with its values; `_Row` is the type of its rows. */
export interface Statement<_Row> {
  text: string;
  params: Values;
}

/** A text with PostgreSQL's numbered parameters, and their names in order. */
export interface Bound {
  text: string;
  names: readonly string[];
}

/**
 * Matches parameters, and everything in which `:name` is not a parameter. Block comments must not be nested.
 */
const tokens = new RegExp(
  [
    /(?<!\w)[eE]'(?:[^'\\]|\\.)*'/, // string with backslash escapes
    /'[^']*'/, // string; one with '' in it reads as two
    /"[^"]*"/, // quoted identifier
    /\$(?<tag>(?:[a-z_]\w*)?)\$.*?\$\k<tag>\$/, // dollar-quoted string
    /--[^\n]*/, // comment
    /\/\*.*?\*\//, // block comment
    /::/, // cast
    /:(?<name>[a-z]\w*)/, // parameter
  ]
    .map((token) => token.source)
    .join("|"),
  "gs",
);

/**
 * Replaces each `:name` in a text with a number; the same name gets the same number. Write slices such as
 * `list[1 : n]` with spaces, because `:n` is a parameter.
 */
export function bind(text: string): Bound {
  const numbers = new Map<string, number>();
  const numbered = text.replace(tokens, (token, ...found) => {
    const { name } = found.at(-1) as { name?: string };
    if (name === undefined) return token;
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    return `$${number}`;
  });
  return { text: numbered, names: [...numbers.keys()] };
}

/**
 * Returns the values in the order of their numbers. Throws if a parameter has no value, or a value is unused.
 */
export function valuesOf({ names }: Bound, values: Values): unknown[] {
  const ordered = names.map((name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the SQL parameter :${name} has no value`);
    return value;
  });
  const given = Object.keys(values);
  if (given.length !== names.length)
    throw new Error(`the SQL has no parameter :${given.find((name) => !names.includes(name))}`);
  return ordered;
}
