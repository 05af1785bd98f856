import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { allRolesQuery } from "@/lib/access/roles/client/queries";
import type { Role } from "@/lib/access/roles/contract";
import { useWorkspace } from "./workspace-context";

/** Catalog keys of the managed roles by ID. The IDs are the same in every workspace. */
export const managedRoleTexts: Readonly<Record<string, "supervisor" | "agent" | "viewer">> = {
  "00000000-0000-7000-8000-000000000001": "supervisor",
  "00000000-0000-7000-8000-000000000002": "agent",
  "00000000-0000-7000-8000-000000000003": "viewer",
};

/**
 * Returns a function that gives a role's display name: translated for managed roles, as entered for others.
 */
export function useRoleName(): (role: { id?: string | undefined; name: string }) => string {
  const t = useTranslations("settings.roles.managed");
  return useCallback(
    ({ id, name }) => {
      const key = id === undefined ? undefined : managedRoleTexts[id];
      return key ? t(key) : name;
    },
    [t],
  );
}

/** Returns the roles of the workspace with their display names. */
export function useRoles({ enabled }: { enabled: boolean }) {
  const { workspace } = useWorkspace();
  const nameOf = useRoleName();
  const select = useCallback(
    (roles: Role[]) => roles.map((role) => ({ ...role, name: nameOf(role) })),
    [nameOf],
  );
  return useQuery({ ...allRolesQuery(workspace.id), enabled, select });
}
