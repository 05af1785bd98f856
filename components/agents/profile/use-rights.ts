"use client";

import { useMemo } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import { forbiddenProperties } from "@/lib/agents/agents/permissions";
import { canChangeAvailability, type Rights } from "@/lib/availability/declared/permissions";
import { canChangeHours } from "@/lib/hours/weeks/permissions";
import type { AgentId } from "@/lib/platform/ids";
import type { ProfileField } from "./profile-fields";

/** Returns what the reader may change about an agent, by the same rules as the server. */
export interface ProfileRights {
  canEdit: (property: ProfileField | "avatarUrl") => boolean;
  canChangeAvailability: boolean;
  canChangeRule: boolean;
  canDelete: boolean;
  canReadHistory: boolean;
  isOwn: boolean;
}

export function useRights(agentId: string): ProfileRights {
  const { permissions, agentId: own, can } = useWorkspace();
  return useMemo(() => {
    const rights: Rights = { permissions: new Set(permissions), agentId: own as AgentId | undefined };
    const subject = agentId as AgentId;
    return {
      canEdit: (property) =>
        property === "teamIds"
          ? can("settings.write")
          : property === "schedule"
            ? canChangeHours(rights, subject)
            : forbiddenProperties(rights, subject, [property]).length === 0,
      canChangeAvailability: canChangeAvailability(rights, subject),
      canChangeRule: can("settings.write"),
      canDelete: can("agents.delete") && own !== agentId,
      canReadHistory: can("ledger.read"),
      isOwn: own === agentId,
    };
  }, [permissions, own, agentId, can]);
}
