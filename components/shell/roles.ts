import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { allRolesQuery } from "@/lib/access/roles/client/queries";
import type { Role } from "@/lib/access/roles/contract";
import { useWorkspace } from "./workspace-context";

/** The texts of the roles that come with the product, whose ids are the same in every workspace. */
export const managedRoleTexts: Readonly<Record<string, "supervisor" | "agent" | "viewer">> = {
  "00000000-0000-7000-8000-000000000001": "supervisor",
  "00000000-0000-7000-8000-000000000002": "agent",
  "00000000-0000-7000-8000-000000000003": "viewer",
};

/** What a role is called: one that comes with the product in the reader's language, any other as it was named. */
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

/** All roles of the workspace, with the names to show them by. */
export function useRoles({ enabled }: { enabled: boolean }) {
  const { workspace } = useWorkspace();
  const nameOf = useRoleName();
  const select = useCallback(
    (roles: Role[]) => roles.map((role) => ({ ...role, name: nameOf(role) })),
    [nameOf],
  );
  return useQuery({ ...allRolesQuery(workspace.id), enabled, select });
}
