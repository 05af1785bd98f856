/**
 * Page tokens of the visited pages, kept per tab, because the API returns only the token of the next page. Each area
 * keeps those of the list that it last showed, identified by its query without the page.
 */
type Area = "agents" | "conversations";

const storageKey = (area: Area) => `rollcall.${area}.pages`;

interface Kept {
  list: string;
  tokens: Record<number, string>;
}

function read(area: Area, list: string): Record<number, string> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey(area)) ?? "null") as Kept | null;
    return kept?.list === list ? kept.tokens : {};
  } catch {
    return {};
  }
}

/** Returns the token of a page of this list, if this tab has visited it. */
export function keptToken(area: Area, list: string, page: number): string | undefined {
  return read(area, list)[page];
}

/** Saves the token of a page of this list. */
export function keepToken(area: Area, list: string, page: number, token: string): void {
  const kept: Kept = { list, tokens: { ...read(area, list), [page]: token } };
  try {
    sessionStorage.setItem(storageKey(area), JSON.stringify(kept));
  } catch {
    // Storage is full or blocked: after a reload, "previous page" goes to the first page.
  }
}
