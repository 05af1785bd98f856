"use client";

import { useMemo } from "react";
import { useSearchString } from "@/components/shell/use-search-string";
import type { Channel } from "@/lib/availability/effective/values";
import { readBoardAddress, writeBoardAddress } from "./board-address";

/** Returns the state of the board in the URL and functions to change it. */
export function useBoardState() {
  const [search, write] = useSearchString();
  const state = useMemo(() => readBoardAddress(new URLSearchParams(search)), [search]);
  const actions = useMemo(() => {
    const set = (change: Parameters<typeof writeBoardAddress>[1], history: "push" | "replace") =>
      write((before) => writeBoardAddress(new URLSearchParams(before), change), history);
    return {
      chooseTeams: (teams: string[]) => set({ teams }, "push"),
      chooseChannel: (channel: Channel) => set({ channel }, "push"),
      fillScreen: (isFull: boolean) => set({ screen: isFull ? "full" : null }, "replace"),
    };
  }, [write]);
  return { teams: state.teams, channel: state.channel, isFull: state.screen === "full", ...actions };
}
