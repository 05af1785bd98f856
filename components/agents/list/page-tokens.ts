/**
 * Page tokens of the visited pages, kept per tab, because the API returns only the token of the next page. A
 * list is identified by its query without the page.
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

/** Returns the token of a page of this list, if this tab has visited it. */
export function keptToken(list: string, page: number): string | undefined {
  return read(list)[page];
}

/** Saves the token of a page of this list. */
export function keepToken(list: string, page: number, token: string): void {
  const kept: Kept = { list, tokens: { ...read(list), [page]: token } };
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // Storage is full or blocked: after a reload, "previous page" goes to the first page.
  }
}
