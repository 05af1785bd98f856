"use client";

import { useMemo, useSyncExternalStore } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";

/** The position in the agent list, kept per tab, so that an agent's page can link back to it. */
interface ListPlace {
  workspace: string;
  /** The query string of the list. */
  search: string;
  /** IDs of the agents on the page, in order. */
  ids: string[];
  /** Scroll position in pixels. */
  top: number;
  /** The last viewed agent: opened from the list or by the links between agents. */
  openedId: string | null;
}

const storageKey = "rollcall.agents.place";

// Read from storage once per tab. If storage is full or blocked, the position is lost on reload.
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

/** Updates the position in memory. */
export function keepPlace(change: Partial<ListPlace>): void {
  place = { workspace: "", search: "", ids: [], top: 0, openedId: null, ...read(), ...change };
}

/** Remembers the opened agent and saves the list position to session storage. */
export function keepOpened(id: string | null): void {
  keepPlace({ openedId: id });
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(place));
  } catch {
    // Storage is full or blocked.
  }
}

/** The agent opened from the list, and the list's scroll position in pixels. */
export interface OpenedFrom {
  id: string;
  top: number;
}

/** Returns the last viewed agent if it was opened from this list, and forgets it. */
export function takeOpened(workspace: string, search: string): OpenedFrom | null {
  const kept = read();
  if (!kept?.openedId || kept.workspace !== workspace || kept.search !== search) return null;
  keepOpened(null);
  return { id: kept.openedId, top: kept.top };
}

const never = () => () => undefined;

/** Returns the links from an agent's page: back to the list, and to the previous and next agent in it. */
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
