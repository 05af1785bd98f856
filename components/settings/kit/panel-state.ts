"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";

const parsers = { new: parseAsStringLiteral(["1"]), edit: parseAsString };

/** What the side panel shows: something new, or what has this id. */
export type PanelTarget = { kind: "new" } | { kind: "edit"; id: string };

const targetOf = (state: { new: "1" | null; edit: string | null }): PanelTarget | undefined =>
  state.new ? { kind: "new" } : state.edit ? { kind: "edit", id: state.edit } : undefined;

const addressOf = (target: PanelTarget | undefined) => ({
  new: target?.kind === "new" ? ("1" as const) : null,
  edit: target?.kind === "edit" ? target.id : null,
});

/** The side panel of a settings page, and how it guards what was typed into it. */
export interface PanelState {
  target: PanelTarget | undefined;
  openNew: () => void;
  open: (id: string) => void;
  /** Closes, or asks first when something would be lost. */
  close: () => void;
  /** Closes without asking: what was typed is saved, or what it was about is gone. */
  leave: () => void;
  /** Told by the form whether something would be lost. */
  setDirty: (dirty: boolean) => void;
  /** True while the person is asked whether to throw away what they typed. */
  isAsking: boolean;
  stay: () => void;
}

/**
 * Keeps in the address what the panel shows, so that it can be sent and `back` closes it. When `back` would lose what was
 * typed, the panel stays and asks.
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
