/**
 * Where the pages of a list begin, kept in this tab: the API names the next page alone, so the way back has to be
 * remembered. A list is told from another by its key: the request without its place.
 */
const storageKey = "rollcall.agents.pages";

interface Kept {
  list: string;
  tokens: Record<number, string>;
}

function read(list: string): Record<number, string> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as Kept | null;
    return kept?.list === list ? kept.tokens : {};
  } catch {
    return {};
  }
}

/** Where a page of this list begins, if it has been seen in this tab. */
export function keptToken(list: string, page: number): string | undefined {
  return read(list)[page];
}

/** Remembers where a page of this list begins. */
export function keepToken(list: string, page: number, token: string): void {
  const kept: Kept = { list, tokens: { ...read(list), [page]: token } };
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // A full or forbidden store costs the way back to the page before, which then leads to the first one.
  }
}
