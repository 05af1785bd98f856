import { useCallback, useSyncExternalStore } from "react";
import type { PlannerRow } from "@/lib/agents/coverage/planner-contract";
import type { Interval } from "@/lib/platform/time/interval";
import { type Draft, keyOf, spansWith } from "./draft";
import { hoursOf, withOverride } from "./row-hours";

/** A shift that is being moved, and the agent's hours before and after. */
export interface DraftState {
  readonly draft: Draft;
  readonly row: PlannerRow;
  /** Whether it is moved by keyboard, so that Enter saves it. */
  readonly isByKey: boolean;
  readonly before: readonly Interval[];
  readonly after: readonly Interval[];
}

/**
 * Holds the shift that is being moved. It is a store, so that a move renders only what shows it: React renders
 * changes of a store before the next frame, and state after it.
 */
export interface DraftStore {
  get(): DraftState | null;
  set(row: PlannerRow, draft: Draft, isByKey: boolean): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
}

export function createDraftStore(): DraftStore {
  let state: DraftState | null = null;
  const listeners = new Set<() => void>();
  const change = (next: DraftState | null) => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => state,
    set(row, draft, isByKey) {
      const before = state?.row === row ? state.before : hoursOf(row);
      const after = hoursOf(withOverride(row, draft.date, spansWith(row, draft)));
      change({ draft, row, isByKey, before, after });
    },
    clear: () => change(null),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const nothing = () => null;

/** Returns the shift that is being moved. */
export function useDraftState(store: DraftStore): DraftState | null {
  return useSyncExternalStore(store.subscribe, store.get, nothing);
}

/** Returns the draft of one shift; null unless it is being moved. */
export function useDraftOf(store: DraftStore, key: string): Draft | null {
  const get = useCallback(() => {
    const draft = store.get()?.draft;
    return draft && keyOf(draft) === key ? draft : null;
  }, [store, key]);
  return useSyncExternalStore(store.subscribe, get, nothing);
}

/** Returns the shift that is being moved if it is of an agent of this team. */
export function useDraftInTeam(store: DraftStore, teamId: string | undefined): DraftState | null {
  const get = useCallback(() => {
    const state = store.get();
    return state?.row.teams.some(({ id }) => id === teamId) ? state : null;
  }, [store, teamId]);
  return useSyncExternalStore(store.subscribe, get, nothing);
}
