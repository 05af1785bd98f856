"use client";

import { useMemo, useSyncExternalStore } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";

/** Where somebody was in the list of agents, kept in this tab: the way back from an agent's page leads there. */
interface ListPlace {
  workspace: string;
  /** The query string of the list's address. */
  search: string;
  /** The agents of its page, in order. */
  ids: string[];
  /** Pixels that it was scrolled down. */
  top: number;
  /** The agent whose page was opened from there, or reached from that page. */
  openedId: string | null;
}

const storageKey = "rollcall.agents.place";

// What is kept is read once a tab: a store that is full or forbidden costs the way back after a reload, and nothing more.
let place: ListPlace | null | undefined;

function read(): ListPlace | null {
  if (place !== undefined) return place;
  try {
    place = JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as ListPlace | null;
  } catch {
    place = null;
  }
  return place;
}

/** Keeps what has changed of the place. */
export function keepPlace(change: Partial<ListPlace>): void {
  place = { workspace: "", search: "", ids: [], top: 0, openedId: null, ...read(), ...change };
}

/** Keeps the agent whose page is open, and the rest of the place over a reload. */
export function keepOpened(id: string | null): void {
  keepPlace({ openedId: id });
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(place));
  } catch {
    // See above.
  }
}

/** The agent whose page was opened from a list, and how far that was scrolled down, in pixels. */
export interface OpenedFrom {
  id: string;
  top: number;
}

/** The agent whose page was last open, if it was opened from this list. Gives it once. */
export function takeOpened(workspace: string, search: string): OpenedFrom | null {
  const kept = read();
  if (!kept?.openedId || kept.workspace !== workspace || kept.search !== search) return null;
  keepOpened(null);
  return { id: kept.openedId, top: kept.top };
}

const never = () => () => undefined;

/** The ways from an agent's page: back to the list as it was, and to the agents around this one in its order. */
export function useListPlace(agentId: string) {
  const { workspace, href } = useWorkspace();
  const kept = useSyncExternalStore(never, read, () => null);
  return useMemo(() => {
    const ids = kept?.workspace === workspace.slug ? kept.ids : [];
    const at = ids.indexOf(agentId);
    const search = at < 0 ? "" : (kept?.search ?? "");
    const pathOf = (id: string | undefined) => (id === undefined ? null : href(`/agents/${id}`));
    return {
      list: href(`/agents${search === "" ? "" : `?${search}`}`),
      previous: pathOf(at > 0 ? ids[at - 1] : undefined),
      next: pathOf(at < 0 ? undefined : ids[at + 1]),
      isKnown: at >= 0,
    };
  }, [kept, workspace.slug, agentId, href]);
}
