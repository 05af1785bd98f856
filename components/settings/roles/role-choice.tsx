"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Checkbox } from "@/components/ui/checkbox";
import type { Role } from "@/lib/access/roles/contract";

/** Whether the person may give this role: it allows nothing that they may not do themselves. */
export function useIsGrantable(): (role: Role) => boolean {
  const { can } = useWorkspace();
  return (role) => role.permissions.every(can);
}

/** Whether the person may do anything to who has these roles: they allow nothing that the person may not do. */
export function useIsWithin(roles: readonly Role[] | undefined): (roleIds: readonly string[]) => boolean {
  const isGrantable = useIsGrantable();
  const byId = new Map(roles?.map((role) => [role.id, role]));
  return (roleIds) => roleIds.flatMap((id) => byId.get(id) ?? []).every(isGrantable);
}

/** The roles of a person, at least one. One that allows more than the giver's own can't be given. */
export function RoleChoice({
  roles,
  value,
  before,
  onChange,
  error,
}: {
  roles: readonly Role[];
  value: readonly string[];
  /** The roles that they had before anything was changed. */
  before: readonly string[];
  onChange: (roleIds: string[]) => void;
  error: string | undefined;
}) {
  const t = useTranslations("settings.people");
  const isGrantable = useIsGrantable();
  const errorId = useId();
  return (
    <fieldset aria-describedby={error ? errorId : undefined} className="flex flex-col items-start gap-2">
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
                // In the order of before, so that a change taken back is no change.
                onChange([
                  ...before.filter((id) => after.has(id)),
                  ...[...after].filter((id) => !before.includes(id)),
                ]);
              }}
              className="items-start [&>span:first-child]:mt-0.5"
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
