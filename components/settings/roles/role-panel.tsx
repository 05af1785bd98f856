"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Lock } from "lucide-react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { allPeopleQuery } from "@/lib/access/people/client/queries";
import { useChangeRole, useCreateRole } from "@/lib/access/roles/client/queries";
import { type Role, roleDraftSchema } from "@/lib/access/roles/contract";
import type { Permission } from "@/lib/platform/security/permissions";
import { permissionGroups, permissionKeys } from "./permission-groups";
import { RoleHolders } from "./role-holders";

/** Shows why a role is read-only, if the person could otherwise change it, and what it allows. */
export function RoleDetails({ item: role }: { item: Role }) {
  const t = useTranslations("settings.roles");
  const { can } = useWorkspace();
  const isBeyond = can("settings.write") && !role.permissions.every(can);
  return (
    <PanelBody>
      {role.type === "managed" && <Callout icon={<Lock className="size-4" />}>{t("managedText")}</Callout>}
      {role.type !== "managed" && isBeyond && (
        <Callout icon={<Lock className="size-4" />}>{t("beyondYou")}</Callout>
      )}
      {permissionGroups.map((group) => {
        const held = group.permissions.filter((each) => role.permissions.includes(each));
        return (
          held.length > 0 && (
            <section key={group.key}>
              <h3 className="font-medium text-sm">{t(`groups.${group.key}`)}</h3>
              <ul className="mt-1 space-y-1">
                {held.map((permission) => (
                  <li key={permission} className="flex gap-2">
                    <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
                    {t(`permissions.${permissionKeys[permission]}`)}
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
      {role.permissions.length === 0 && <p className="text-muted">{t("allowsNothing")}</p>}
      <RoleHolders role={role} />
    </PanelBody>
  );
}

export function RoleForm({ item: role }: { item: Role | undefined }) {
  const t = useTranslations("settings.roles");
  const common = useTranslations("settings.common");
  const { workspace, user, can } = useWorkspace();
  const people = useQuery({ ...allPeopleQuery(workspace.id), enabled: can("people.write") });
  const isOwn = people.data?.some(({ id, roleIds }) => id === user.id && role && roleIds.includes(role.id));
  const errorText = useFieldErrorText();
  const resource = useResourceForm({
    item: role,
    schema: roleDraftSchema,
    defaults: { name: role?.name ?? "", permissions: role?.permissions ?? [] },
    create: useCreateRole(workspace.id),
    change: useChangeRole(workspace.id),
    // The reader may have removed a permission from their own role and could not grant it again.
    isUndoable: ({ permissions }) => !permissions || role?.permissions.every(can) === true,
  });
  const { control } = resource.form;

  return (
    <PanelForm {...resource}>
      {isOwn && <Callout look="warning">{t("ownRole")}</Callout>}
      <FormTextField control={control} name="name" label={common("name")} autoFocus={!role} />
      <Controller
        control={control}
        name="permissions"
        render={({ field, fieldState }) => (
          <>
            {permissionGroups.map((group) => (
              <fieldset key={group.key} className="flex flex-col items-start gap-2 max-sm:gap-0">
                <legend className="mb-1.5 font-medium text-sm">{t(`groups.${group.key}`)}</legend>
                {group.permissions.map((permission) => (
                  <PermissionBox
                    key={permission}
                    permission={permission}
                    isSelected={field.value.includes(permission)}
                    isGrantable={can(permission)}
                    onChange={(isSelected) => {
                      const before = field.value.filter((each) => each !== permission);
                      const after = isSelected ? [...before, permission] : before;
                      // Keeps the initial order, so that an undone change leaves the form unchanged.
                      const order = role?.permissions ?? [];
                      field.onChange([
                        ...order.filter((each) => after.includes(each)),
                        ...after.filter((each) => !order.includes(each)),
                      ]);
                    }}
                  />
                ))}
              </fieldset>
            ))}
            {fieldState.error && (
              <p role="alert" className="text-danger text-sm">
                {errorText(fieldState.error)}
              </p>
            )}
          </>
        )}
      />
      {role && <RoleHolders role={role} />}
    </PanelForm>
  );
}

function PermissionBox({
  permission,
  isSelected,
  isGrantable,
  onChange,
}: {
  permission: Permission;
  isSelected: boolean;
  isGrantable: boolean;
  onChange: (isSelected: boolean) => void;
}) {
  const t = useTranslations("settings.roles");
  return (
    <Checkbox
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={!isGrantable}
      className="items-start max-sm:py-3 [&>span:first-child]:mt-0.5"
    >
      {t(`permissions.${permissionKeys[permission]}`)}
      {!isGrantable && <span className="block text-sm">{t("notGrantable")}</span>}
    </Checkbox>
  );
}
