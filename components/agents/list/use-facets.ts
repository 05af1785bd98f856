"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useRoles } from "@/components/shell/roles";
import { useWorkspace } from "@/components/shell/workspace-context";
import { allSkillsQuery } from "@/lib/workforce/skills/client/queries";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";

interface Named {
  id: string;
  name: string;
}

/** Returns the teams, roles and skills to filter by; empty without permission to see settings. */
export function useFacets() {
  const { workspace, can } = useWorkspace();
  const enabled = can("settings.read");
  const teams = useQuery({ ...allTeamsQuery(workspace.id), enabled }).data;
  const roles = useRoles({ enabled }).data;
  const skills = useQuery({ ...allSkillsQuery(workspace.id), enabled }).data;

  return useMemo(() => {
    const byName = (items: readonly Named[] = []): Named[] =>
      [...items].sort((one, other) => one.name.localeCompare(other.name));
    return {
      teams: byName(teams),
      roles: byName(roles),
      skills: byName(skills),
      roleNames: new Map(roles?.map(({ id, name }) => [id, name])),
    };
  }, [teams, roles, skills]);
}

export type Facets = ReturnType<typeof useFacets>;
