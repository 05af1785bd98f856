"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, EyeOff } from "lucide-react";
import { Controller } from "react-hook-form";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField } from "@/components/settings/kit/form-text-field";
import { useNotes } from "@/components/settings/kit/notes";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { ResourceTable } from "@/components/settings/kit/resource";
import { resourcePage } from "@/components/settings/kit/resource-page";
import { SimpleDelete } from "@/components/settings/kit/simple-delete";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useWorkspace } from "@/components/shell/workspace-context";
import { MenuItem } from "@/components/ui/menu";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Switch } from "@/components/ui/switch";
import { Tag } from "@/components/ui/tag";
import {
  allTimeOffTypesQuery,
  useChangeTimeOffType,
  useCreateTimeOffType,
  useDeleteTimeOffType,
} from "@/lib/hours/time-off/client/time-off-types";
import { type TimeOffType, timeOffTypeDraftSchema } from "@/lib/hours/time-off/types-contract";
import { timeOffApprovals } from "@/lib/hours/time-off/values";

const { name, approval, private: isPrivate } = timeOffTypeDraftSchema.shape;
const formSchema = z.object({ name, approval: approval.unwrap(), private: isPrivate.unwrap() });

function useTypeTable(): ResourceTable<TimeOffType> {
  const t = useTranslations("settings.timeOffTypes");
  const { workspace, can } = useWorkspace();
  const notes = useNotes();
  const types = useQuery(allTimeOffTypesQuery(workspace.id));
  const { mutateAsync } = useChangeTimeOffType(workspace.id);
  const count = types.data?.length ?? 0;
  const move = ({ id, position }: TimeOffType, by: 1 | -1) =>
    void mutateAsync({ id, change: { position: position + by } }).catch(notes.failed);
  return {
    items: types,
    isOrdered: true,
    columns: [
      { key: "approval", title: t("approval"), cell: (type) => t(`approvals.${type.approval}`) },
      {
        key: "private",
        title: t("visibility"),
        from: "md",
        cell: (type) => t(type.private ? "private" : "public"),
      },
    ],
    searched: (type) => type.name,
    badge: (type) =>
      type.private && (
        <Tag>
          <span className="inline-flex items-center gap-1">
            <EyeOff aria-hidden="true" className="size-3" />
            {t("private")}
          </span>
        </Tag>
      ),
    summary: (type) => t(`approvals.${type.approval}`),
    menu: (type) =>
      can("timeOff.write") && (
        <>
          {type.position > 0 && (
            <MenuItem icon={<ArrowUp className="size-4" />} onAction={() => move(type, -1)}>
              {t("moveUp", { name: type.name })}
            </MenuItem>
          )}
          {type.position < count - 1 && (
            <MenuItem icon={<ArrowDown className="size-4" />} onAction={() => move(type, 1)}>
              {t("moveDown", { name: type.name })}
            </MenuItem>
          )}
        </>
      ),
  };
}

function TypeDetails({ item: type }: { item: TimeOffType }) {
  const t = useTranslations("settings.timeOffTypes");
  return (
    <PanelBody>
      <Details>
        <Detail label={t("approval")}>{t(`approvals.${type.approval}`)}</Detail>
        <Detail label={t("visibility")}>{t(type.private ? "private" : "public")}</Detail>
      </Details>
    </PanelBody>
  );
}

function TypeForm({ item: type }: { item: TimeOffType | undefined }) {
  const t = useTranslations("settings.timeOffTypes");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const resource = useResourceForm({
    item: type,
    schema: formSchema,
    defaults: {
      name: type?.name ?? "",
      approval: type?.approval ?? "required",
      private: type?.private ?? false,
    },
    create: useCreateTimeOffType(workspace.id),
    change: useChangeTimeOffType(workspace.id),
  });
  const { control } = resource.form;
  return (
    <PanelForm
      {...resource}
      conflicts={{ TimeOffTypeAlreadyExists: { field: "name", message: t("nameTaken") } }}
    >
      <FormTextField
        control={control}
        name="name"
        label={common("name")}
        help={t("nameHelp")}
        autoFocus={!type}
      />
      <Controller
        control={control}
        name="approval"
        render={({ field }) => (
          <RadioGroup label={t("approval")} value={field.value} onChange={field.onChange}>
            {timeOffApprovals.map((each) => (
              <Radio key={each} value={each} help={t(`approvalHelps.${each}`)}>
                {t(`approvals.${each}`)}
              </Radio>
            ))}
          </RadioGroup>
        )}
      />
      <Controller
        control={control}
        name="private"
        render={({ field }) => (
          <div className="space-y-1">
            <Switch isSelected={field.value} onChange={field.onChange}>
              {t("private")}
            </Switch>
            <p className="text-muted text-sm">{t("privateHelp")}</p>
          </div>
        )}
      />
    </PanelForm>
  );
}

function DeleteType({ item: type }: { item: TimeOffType }) {
  const t = useTranslations("settings.timeOffTypes");
  const { workspace } = useWorkspace();
  return (
    <SimpleDelete item={type} action={t("delete")} remove={useDeleteTimeOffType(workspace.id)}>
      <p>{t("usage")}</p>
    </SimpleDelete>
  );
}

export const TimeOffTypesPage = resourcePage({
  name: "timeOffTypes",
  write: "timeOff.write",
  useTable: useTypeTable,
  Form: TypeForm,
  Details: TypeDetails,
  Delete: DeleteType,
});
