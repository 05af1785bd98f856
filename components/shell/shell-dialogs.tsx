"use client";

import { createContext, type ReactNode, Suspense, useContext, useEffect, useMemo, useState } from "react";
import { lazyPart } from "@/components/ui/lazy-part";
import { isDialogOpen } from "@/components/ui/open-dialog";

const CommandPalette = lazyPart(async () => (await import("./command-palette")).CommandPalette);
const KeyHelp = lazyPart(async () => (await import("./key-help")).KeyHelp);
const PasswordDialog = lazyPart(async () => (await import("./password-dialog")).PasswordDialog);
const SessionsDialog = lazyPart(async () => (await import("./sessions-dialog")).SessionsDialog);

type Name = "palette" | "keys" | "password" | "sessions";

interface ShellDialogs {
  open: (name: Name) => void;
}

const Context = createContext<ShellDialogs>({ open: () => undefined });

/** Returns whether a key event targets a text input. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  return (
    target?.closest("input, textarea, select, [contenteditable], [role=spinbutton], [role=textbox]") != null
  );
}

/** Provides the dialogs that open from any page, with their shortcuts. Each loads on first use. */
export function ShellDialogsProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<Name>();

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented) return;
      const isCommand = event.metaKey || event.ctrlKey;
      if (isCommand && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpened("palette");
      } else if (event.key === "?" && !isCommand && !event.altKey && !isTyping(event)) {
        // An open dialog handles the question mark itself.
        if (isDialogOpen()) return;
        event.preventDefault();
        setOpened("keys");
      }
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  const value = useMemo<ShellDialogs>(() => ({ open: setOpened }), []);
  const close = () => setOpened(undefined);
  return (
    <Context.Provider value={value}>
      {children}
      <Suspense>
        {opened === "palette" && <CommandPalette onClose={close} onOpen={setOpened} />}
        {opened === "keys" && <KeyHelp onClose={close} />}
        {opened === "password" && <PasswordDialog onClose={close} />}
        {opened === "sessions" && <SessionsDialog onClose={close} />}
      </Suspense>
    </Context.Provider>
  );
}

/** Returns functions that open the palette, the shortcut help, the password dialog and the session list. */
export function useShellDialogs(): ShellDialogs {
  return useContext(Context);
}
