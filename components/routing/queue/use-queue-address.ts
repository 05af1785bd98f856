"use client";

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { type Channel, channels } from "@/lib/availability/effective/channels";

export const queueViews = ["waiting", "assigned"] as const;

export type QueueView = (typeof queueViews)[number];

const parsers = {
  queue: parseAsString,
  channel: parseAsStringLiteral(channels),
  view: parseAsStringLiteral(queueViews).withDefault("waiting"),
  page: parseAsInteger.withDefault(1),
  after: parseAsString,
  conversation: parseAsString,
};

const firstPage = { page: null, after: null };

/** The filters, the page and the open conversation, all stored in the URL. */
export function useQueueAddress() {
  const [address, set] = useQueryStates(parsers, { history: "push" });
  const actions = useMemo(
    () => ({
      showQueue: (queue: string | null) => void set({ queue, ...firstPage }),
      showChannel: (channel: Channel | null) => void set({ channel, ...firstPage }),
      showView: (view: QueueView) => void set({ view, ...firstPage }),
      clear: () => void set({ queue: null, channel: null, ...firstPage }),
      goTo: (page: number, after: string) => void set({ page, after }),
      goToStart: (history: "push" | "replace" = "push") => void set(firstPage, { history }),
      open: (conversation: string) => void set({ conversation }),
      /** Shows another conversation in the open panel. The back button closes the panel. */
      step: (conversation: string) => void set({ conversation }, { history: "replace" }),
      close: () => void set({ conversation: null }, { history: "replace" }),
    }),
    [set],
  );
  return { ...address, ...actions };
}

export type QueueAddress = ReturnType<typeof useQueueAddress>;
