"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Checkbox } from "@/components/ui/checkbox";
import type { Role } from "@/lib/access/roles/contract";

/** Returns whether the person may grant a role, that is, holds all of its permissions. */
export function useIsGrantable(): (role: Role) => boolean {
  const { can } = useWorkspace();
  return (role) => role.permissions.every(can);
}

/**
 * Returns whether the person may manage someone with these roles, that is, holds all of their permissions.
 */
export function useIsWithin(roles: readonly Role[] | undefined): (roleIds: readonly string[]) => boolean {
  const isGrantable = useIsGrantable();
  const byId = new Map(roles?.map((role) => [role.id, role]));
  return (roleIds) => roleIds.flatMap((id) => byId.get(id) ?? []).every(isGrantable);
}

/** Selects a person's roles, at least one. Roles with more permissions than the reader's are disabled. */
export function RoleChoice({
  roles,
  value,
  before,
  onChange,
  error,
}: {
  roles: readonly Role[];
  value: readonly string[];
  /** The roles before any change. */
  before: readonly string[];
  onChange: (roleIds: string[]) => void;
  error: string | undefined;
}) {
  const t = useTranslations("settings.people");
  const isGrantable = useIsGrantable();
  const errorId = useId();
  return (
    <fieldset
      aria-describedby={error ? errorId : undefined}
      className="flex flex-col items-start gap-2 max-sm:gap-0"
    >
      <legend className="mb-1.5 font-medium text-sm">{t("roles")}</legend>
      {[...roles]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((role) => {
          const mayGive = isGrantable(role);
          return (
            <Checkbox
              key={role.id}
              isSelected={value.includes(role.id)}
              isDisabled={!mayGive}
              isInvalid={error !== undefined}
              onChange={(isSelected) => {
                const after = new Set(value);
                if (isSelected) after.add(role.id);
                else after.delete(role.id);
                // Keeps the initial order, so that an undone change leaves the form unchanged.
                onChange([
                  ...before.filter((id) => after.has(id)),
                  ...[...after].filter((id) => !before.includes(id)),
                ]);
              }}
              className="items-start max-sm:py-3 [&>span:first-child]:mt-1"
            >
              {role.name}
              {!mayGive && <span className="block text-sm">{t("roleBeyond")}</span>}
            </Checkbox>
          );
        })}
      {error && (
        <p id={errorId} className="text-danger text-sm">
          {error}
        </p>
      )}
    </fieldset>
  );
}
