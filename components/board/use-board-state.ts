"use client";

import { useMemo } from "react";
import { useSearchString } from "@/components/shell/use-search-string";
import type { Channel } from "@/lib/availability/effective/values";
import { type BoardState, readBoardAddress, writeBoardAddress } from "./board-address";

/** Returns the state of the board in the URL and functions to change it. */
export function useBoardState() {
  const [search, write] = useSearchString();
  const state = useMemo(() => readBoardAddress(search), [search]);
  const actions = useMemo(() => {
    const set = (change: Partial<BoardState>, history: "push" | "replace") =>
      write((before) => writeBoardAddress(before, change), history);
    return {
      chooseTeams: (teams: string[]) => set({ teams }, "push"),
      chooseChannel: (channel: Channel) => set({ channel }, "push"),
      fillScreen: (isFull: boolean) => set({ isFull }, "replace"),
    };
  }, [write]);
  return { ...state, ...actions };
}
