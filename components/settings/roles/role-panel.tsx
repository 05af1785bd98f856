"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { Check, Lock, Trash2 } from "lucide-react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { changed, reverse } from "@/components/settings/kit/changes";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { useNotes } from "@/components/settings/kit/notes";
import { Panel, PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { PanelState } from "@/components/settings/kit/panel-state";
import { useBase } from "@/components/settings/kit/use-base";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { allPeopleQuery } from "@/lib/access/people/client/queries";
import { useChangeRole, useCreateRole } from "@/lib/access/roles/client/queries";
import { type Role, roleDraftSchema } from "@/lib/access/roles/contract";
import type { Permission } from "@/lib/platform/security/permissions";
import { permissionGroups, permissionKeys } from "./permission-groups";
import { RoleHolders } from "./role-holders";

type Values = z.input<typeof roleDraftSchema>;
type Parsed = z.output<typeof roleDraftSchema>;

interface Props {
  panel: PanelState;
  /** Omit to create a role. */
  role: Role | undefined;
  onDelete: (role: Role) => void;
}

/** Creates, edits or shows a role. Managed roles are read-only. */
export function RolePanel({ panel, role, onDelete }: Props) {
  const t = useTranslations("settings.roles");
  const { can } = useWorkspace();
  const isBeyond = can("settings.write") && role?.permissions.every(can) === false;
  const isFixed = role?.type === "managed" || !can("settings.write") || isBeyond;
  return (
    <Panel panel={panel} title={role?.name ?? t("new")}>
      {isFixed ? (
        role && <RoleDetails role={role} isBeyond={isBeyond} />
      ) : (
        <RoleForm panel={panel} role={role} onDelete={onDelete} />
      )}
    </Panel>
  );
}

function RoleDetails({ role, isBeyond }: { role: Role; isBeyond: boolean }) {
  const t = useTranslations("settings.roles");
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

function RoleForm({ panel, role, onDelete }: Props) {
  const t = useTranslations("settings.roles");
  const ui = useTranslations("ui");
  const common = useTranslations("settings.common");
  const { workspace, user, can } = useWorkspace();
  const create = useCreateRole(workspace.id);
  const against = useBase(role);
  const change = useChangeRole(workspace.id);
  const people = useQuery({ ...allPeopleQuery(workspace.id), enabled: can("people.write") });
  const isOwn = people.data?.some(({ id, roleIds }) => id === user.id && role && roleIds.includes(role.id));
  const notes = useNotes();
  const errorText = useFieldErrorText();
  const form = useForm<Values, unknown, Parsed>({
    resolver: zodResolver(roleDraftSchema),
    defaultValues: { name: role?.name ?? "", permissions: role?.permissions ?? [] },
  });
  const { control, formState } = form;
  const { dirtyFields } = formState;

  async function save(values: Parsed) {
    if (!role) {
      await create.mutateAsync(values);
      notes.created(values.name);
    } else {
      const difference = changed(values, dirtyFields);
      if (Object.keys(difference).length > 0) {
        const after = await against((base) => change.mutateAsync({ id: role.id, change: difference, base }));
        // No undo if the reader may have removed a permission from their own role and could not grant it
        // again.
        const isHarmless = !difference.permissions || role.permissions.every(can);
        const back = reverse(role, difference);
        notes.saved(
          values.name,
          isHarmless ? () => change.mutateAsync({ id: role.id, change: back, base: after }) : undefined,
        );
      }
    }
    panel.leave();
  }

  return (
    <PanelForm
      form={form}
      panel={panel}
      names={["name", "permissions"]}
      submitLabel={role ? ui("save") : t("create")}
      onSubmit={save}
      start={
        role && (
          <Button look="quiet" onPress={() => onDelete(role)}>
            <Trash2 aria-hidden="true" className="size-4" />
            {common("deleteEllipsis")}
          </Button>
        )
      }
    >
      {isOwn && <Callout look="warning">{t("ownRole")}</Callout>}
      <FormTextField control={control} name="name" label={common("name")} autoFocus={!role} />
      <Controller
        control={control}
        name="permissions"
        render={({ field, fieldState }) => (
          <>
            {permissionGroups.map((group) => (
              <fieldset key={group.key} className="flex flex-col items-start gap-2">
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
      className="items-start [&>span:first-child]:mt-0.5"
    >
      {t(`permissions.${permissionKeys[permission]}`)}
      {!isGrantable && <span className="block text-sm">{t("notGrantable")}</span>}
    </Checkbox>
  );
}
