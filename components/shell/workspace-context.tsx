"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Permission } from "@/lib/platform/security/permissions";
import type { Workspace } from "@/lib/workforce/workspaces/contract";

/** Who is signed in, and where they are. Made by the server for each page. */
export interface Entrance {
  user: { id: string; name: string; email: string };
  workspace: Workspace;
  /** Every workspace that the person may enter. */
  workspaces: Workspace[];
  permissions: Permission[];
  /** The person's own agent in this workspace. */
  agentId: string | undefined;
}

interface Place extends Entrance {
  /** Whether the person's roles here hold the permission. */
  can: (permission: Permission) => boolean;
  /** The address of a page of this workspace. */
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

/** The workspace that the page belongs to and who is in it. */
export function useWorkspace(): Place {
  const place = useContext(Context);
  if (!place) throw new Error("useWorkspace() outside of a WorkspaceProvider");
  return place;
}
