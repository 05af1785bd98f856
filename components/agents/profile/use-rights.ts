"use client";

import { useMemo } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import { forbiddenProperties } from "@/lib/agents/agents/permissions";
import { canChangeAvailability, type Rights } from "@/lib/availability/declared/permissions";
import type { AgentId } from "@/lib/platform/ids";
import type { ProfileField } from "./profile-fields";

/** What the reader may change of an agent. Uses the same rules as the server. */
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
          : forbiddenProperties(rights, subject, [property]).length === 0,
      canChangeAvailability: canChangeAvailability(rights, subject),
      canChangeRule: can("settings.write"),
      canDelete: can("agents.delete") && own !== agentId,
      canReadHistory: can("ledger.read"),
      isOwn: own === agentId,
    };
  }, [permissions, own, agentId, can]);
}
