"use client";

import type { RefObject } from "react";
import { usePageKeys } from "@/components/ui/page-keys";

interface Actions {
  onBack: (() => void) | null;
  onNext: (() => void) | null;
}

/** Moves the focus between rows with `j` and `k`, and between pages with `[` and `]`. Enter opens the focused row. */
export function useRowKeys(list: RefObject<HTMLElement | null>, { onBack, onNext }: Actions): void {
  function move(by: 1 | -1) {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("tr[data-conversation] th a") ?? [])];
    const row = document.activeElement?.closest("tr[data-conversation]");
    const at = links.findIndex((link) => row?.contains(link));
    (at < 0 ? links[0] : links[at + by])?.focus();
  }
  usePageKeys({ j: () => move(1), k: () => move(-1), "[": onBack, "]": onNext });
}
