"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Permission } from "@/lib/platform/security/permissions";
import type { Workspace } from "@/lib/workforce/workspaces/contract";

/** The signed-in person and their workspaces, computed by the server for each page. */
export interface Entrance {
  user: { id: string; name: string; email: string };
  workspace: Workspace;
  workspaces: Workspace[];
  permissions: Permission[];
  /** ID of the person's own agent in this workspace. */
  agentId: string | undefined;
  /** Event cursor from before the page loaded any data. */
  eventsAfter: string;
}

interface Place extends Entrance {
  /** Returns whether the person's roles in this workspace grant a permission. */
  can: (permission: Permission) => boolean;
  /** Returns the address of a page in this workspace. */
  href: (path: string) => string;
}

const Context = createContext<Place | null>(null);

export function WorkspaceProvider({ entrance, children }: { entrance: Entrance; children: ReactNode }) {
  const place = useMemo<Place>(() => {
    const held = new Set(entrance.permissions);
    return {
      ...entrance,
      can: (permission) => held.has(permission),
      href: (path) => `/w/${entrance.workspace.slug}${path}`,
    };
  }, [entrance]);
  return <Context.Provider value={place}>{children}</Context.Provider>;
}

/** Returns the current workspace and the person's rights in it. */
export function useWorkspace(): Place {
  const place = useContext(Context);
  if (!place) throw new Error("useWorkspace() outside of a WorkspaceProvider");
  return place;
}
