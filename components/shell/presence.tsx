"use client";

import { useEffect, useReducer } from "react";
import { endPresenceSession, putPresenceSession } from "@/lib/availability/presence/client/calls";
import { keepPresence } from "@/lib/availability/presence/client/heartbeat";
import { createTimer } from "@/lib/availability/presence/client/timer";
import { createClient, RequestError, requestUrl } from "@/lib/platform/client/client";
import { beforeSignOut } from "@/lib/platform/client/sign-out";
import { newId } from "@/lib/platform/ids";
import { useWorkspace } from "./workspace-context";

/** Uses `fetch`, because `request` would ask for the password when the session has expired. */
const send = createClient();

/** Milliseconds after which an unanswered heartbeat counts as failed. */
const patience = 15_000;

/** Milliseconds that a sign-out waits for the end of presence, which otherwise ends by itself a little later. */
const signOutPatience = 3_000;

/** Returns the presence session of this browser. It is stored, so that a reload continues it. */
export function sessionOf(agentId: string): { id: string; renew(): void } {
  const key = `rollcall-presence:${agentId}`;
  let id: string | undefined;
  const write = (next: string) => {
    id = next;
    try {
      localStorage.setItem(key, next);
    } catch {
      // Without storage, each tab has its own session.
    }
    return next;
  };
  const read = () => {
    try {
      return localStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  };
  return {
    get id() {
      return read() ?? id ?? write(newId());
    },
    renew: () => void write(newId()),
  };
}

/** Sends heartbeats that report the signed-in agent as present. */
export function PresenceHeartbeat() {
  const { workspace, agentId, can } = useWorkspace();
  const workspaceId = workspace.id;
  const isAgent = agentId !== undefined && can("own.write");
  const [attempt, again] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: starts again after a sign-out that failed
  useEffect(() => {
    if (!isAgent) return;
    const session = sessionOf(agentId);
    const params = () => ({ workspaceId, agentId: "me" as const, sessionId: session.id });
    const timer = createTimer();
    const { pause, leave } = keepPresence({
      name: `rollcall presence ${agentId}`,
      device: matchMedia("(pointer: coarse) and (hover: none)").matches ? "mobile" : "desktop",
      timer,
      page: { document, window },
      end: () => void navigator.sendBeacon(requestUrl(endPresenceSession, params())),
      async send(body) {
        try {
          const signal = AbortSignal.timeout(patience);
          return (await send(putPresenceSession, { params: params(), body, signal })).data;
        } catch (error) {
          if (!(error instanceof RequestError)) throw error;
          if (error.code === "SessionNotFound") session.renew();
          // The agent was deleted, or the person's rights have changed; the next page load shows it.
          else if (error.status === 403 || error.status === 404) return undefined;
          throw error;
        }
      },
    });
    // Not by a beacon, which the server may read after the sign-out.
    const forget = beforeSignOut(async () => {
      pause();
      const signal = AbortSignal.timeout(signOutPatience);
      await send(endPresenceSession, { params: params(), signal }).catch(() => undefined);
      return again;
    });
    return () => {
      forget();
      leave();
      timer.stop();
    };
  }, [workspaceId, agentId, isAgent, attempt]);
  return null;
}
