"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Control } from "react-hook-form";
import type { Agent } from "@/lib/agents/agents/contract";
import type { ProfileTab, ProfileValues } from "./profile-fields";
import type { ProfileRights } from "./use-rights";

/** The shared state of the editor. */
export interface Profile {
  workspaceId: string;
  /** The saved agent. */
  agent: Agent;
  /** When the agent was fetched, in epoch milliseconds. */
  readAt: number;
  control: Control<ProfileValues>;
  rights: ProfileRights;
  openTab: (tab: ProfileTab) => void;
  /** Notes whether recordings are being uploaded. Must be stable. */
  onUploading: (isUploading: boolean) => void;
}

const Context = createContext<Profile | null>(null);

export function ProfileProvider({ profile, children }: { profile: Profile; children: ReactNode }) {
  return <Context.Provider value={profile}>{children}</Context.Provider>;
}

export function useProfile(): Profile {
  const profile = useContext(Context);
  if (!profile) throw new Error("useProfile() outside of a ProfileProvider");
  return profile;
}
