"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";

const parsers = { new: parseAsStringLiteral(["1"]), edit: parseAsString };

/** The item that the side panel shows: a new one, or the one with this ID. */
export type PanelTarget = { kind: "new" } | { kind: "edit"; id: string };

const targetOf = (state: { new: "1" | null; edit: string | null }): PanelTarget | undefined =>
  state.new ? { kind: "new" } : state.edit ? { kind: "edit", id: state.edit } : undefined;

const addressOf = (target: PanelTarget | undefined) => ({
  new: target?.kind === "new" ? ("1" as const) : null,
  edit: target?.kind === "edit" ? target.id : null,
});

/** The side panel of a settings page, and its guard for unsaved input. */
export interface PanelState {
  target: PanelTarget | undefined;
  openNew: () => void;
  open: (id: string) => void;
  /** Closes the panel; asks first if there is unsaved input. */
  close: () => void;
  /** Closes without asking, because the input was saved or the item was deleted. */
  leave: () => void;
  /** Called by the form when unsaved input appears or disappears. */
  setDirty: (dirty: boolean) => void;
  /** Whether the person is being asked to discard unsaved input. */
  isAsking: boolean;
  stay: () => void;
}

/**
 * Keeps the open panel in the URL, so that it can be shared and the back button closes it. If there is
 * unsaved input, the panel stays open and asks.
 */
export function usePanelState(): PanelState {
  const [address, setAddress] = useQueryStates(parsers, { history: "push" });
  const wanted = JSON.stringify(addressOf(targetOf(address)));
  const [shown, setShown] = useState(wanted);
  const [isAsking, setAsking] = useState(false);
  const dirty = useRef(false);

  useEffect(() => {
    if (wanted === shown) return;
    if (!dirty.current) return setShown(wanted);
    void setAddress(JSON.parse(shown));
    setAsking(true);
  }, [wanted, shown, setAddress]);

  const show = useCallback(
    (target: PanelTarget | undefined) => {
      dirty.current = false;
      setAsking(false);
      setShown(JSON.stringify(addressOf(target)));
      void setAddress(addressOf(target), { history: target ? "push" : "replace" });
    },
    [setAddress],
  );
  const leave = useCallback(() => show(undefined), [show]);

  return {
    target: targetOf(JSON.parse(shown)),
    openNew: useCallback(() => show({ kind: "new" }), [show]),
    open: useCallback((id: string) => show({ kind: "edit", id }), [show]),
    close: useCallback(() => (dirty.current ? setAsking(true) : leave()), [leave]),
    leave,
    setDirty: useCallback((value: boolean) => {
      dirty.current = value;
    }, []),
    isAsking,
    stay: useCallback(() => setAsking(false), []),
  };
}
