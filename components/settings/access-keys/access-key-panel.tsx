"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { parseDate } from "@internationalized/date";
import { Lock, Trash2 } from "lucide-react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { useNotes } from "@/components/settings/kit/notes";
import { Panel, PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import type { PanelState } from "@/components/settings/kit/panel-state";
import { useBase } from "@/components/settings/kit/use-base";
import { useIsGrantable } from "@/components/settings/roles/role-choice";
import { useFormatter, useNow, useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DatePicker } from "@/components/ui/date-picker";
import { Option, Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { useCreateAccessKey, useRenameAccessKey } from "@/lib/access/access-keys/client/queries";
import { type AccessKey, accessKeyDraftSchema, type NewAccessKey } from "@/lib/access/access-keys/contract";
import type { Role } from "@/lib/access/roles/contract";
import { pageNow } from "@/lib/platform/client/page-clock";
import { DAY_MS } from "@/lib/platform/time/calendar";
import { localDate, zoneClock } from "@/lib/platform/time/wall-clock";

/** Default lifetime of a new key in days. */
const usualDays = 90;

/** Returns the last millisecond of a day in a time zone as an ISO instant. */
function endOfDay(date: string, timezone: string): string {
  const day = Date.parse(date) / DAY_MS;
  // A day that the zone skipped ends at the start of the next one.
  const end = zoneClock(timezone).span(day, 0, 0)?.end ?? zoneClock(timezone).span(day + 1, 0, 0)?.start;
  return new Date((end ?? (day + 1) * DAY_MS) - 1).toISOString();
}

const draftFormSchema = accessKeyDraftSchema.extend({
  /** Last day on which the key is valid; null if it does not expire. */
  expiresAt: z.iso.date({ error: "is required" }).nullable(),
});

type DraftValues = z.input<typeof draftFormSchema>;
type ParsedDraft = z.output<typeof draftFormSchema>;

export function NewAccessKeyPanel({
  panel,
  roles,
  onMade,
}: {
  panel: PanelState;
  roles: readonly Role[];
  /** Called with the new key, which the server returns only once. */
  onMade: (made: NewAccessKey) => void;
}) {
  const t = useTranslations("settings.accessKeys");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const create = useCreateAccessKey(workspace.id);
  const errorText = useFieldErrorText();
  const isGrantable = useIsGrantable();
  const form = useForm<DraftValues, unknown, ParsedDraft>({
    resolver: zodResolver(draftFormSchema),
    defaultValues: { name: "", roleId: "", expiresAt: null },
  });
  const { control } = form;
  const zone = useViewerZone();
  const now = parseDate(localDate(zone, pageNow()));

  async function save({ name, roleId, expiresAt }: ParsedDraft) {
    const made = await create.mutateAsync({
      name,
      roleId,
      ...(expiresAt && { expiresAt: endOfDay(expiresAt, zone) }),
    });
    panel.leave();
    onMade(made);
  }

  return (
    <Panel panel={panel} title={t("new")}>
      <PanelForm
        form={form}
        panel={panel}
        names={["name", "roleId", "expiresAt"]}
        submitLabel={t("create")}
        onSubmit={save}
      >
        <FormTextField control={control} name="name" label={common("name")} help={t("nameHelp")} autoFocus />
        <Controller
          control={control}
          name="roleId"
          render={({ field, fieldState: { error } }) => (
            <Select
              label={t("role")}
              help={t("roleHelp")}
              placeholder={t("roleChoose")}
              value={field.value || null}
              onChange={(id) => field.onChange(id ?? "")}
              onBlur={field.onBlur}
              error={error && (field.value ? errorText(error) : t("roleMissing"))}
            >
              {[...roles]
                .sort((a, b) => a.name.localeCompare(b.name))
                .map((role) => (
                  <Option
                    key={role.id}
                    id={role.id}
                    textValue={role.name}
                    isDisabled={!isGrantable(role)}
                    hint={isGrantable(role) ? undefined : t("roleBeyond")}
                  >
                    {role.name}
                  </Option>
                ))}
            </Select>
          )}
        />
        <Controller
          control={control}
          name="expiresAt"
          render={({ field, fieldState }) => (
            <div className="space-y-3">
              <Switch
                isSelected={field.value !== null}
                onChange={(ends) => field.onChange(ends ? now.add({ days: usualDays }).toString() : null)}
              >
                {t("ends")}
              </Switch>
              {field.value === null ? (
                <p className="text-muted text-sm">{t("endlessHelp")}</p>
              ) : (
                <DatePicker
                  label={t("lastDay")}
                  min={now.toString()}
                  value={field.value || null}
                  // An empty date is invalid; only the switch removes the expiry.
                  onChange={(day) => field.onChange(day ?? "")}
                  error={errorText(fieldState.error)}
                  className="sm:w-56"
                />
              )}
            </div>
          )}
        />
      </PanelForm>
    </Panel>
  );
}

const renameSchema = accessKeyDraftSchema.pick({ name: true });

interface Props {
  panel: PanelState;
  accessKey: AccessKey;
  roleName: string | undefined;
  onRevoke: (accessKey: AccessKey) => void;
}

/** Renames an access key and shows its details. */
export function AccessKeyPanel({
  isFixed,
  ...props
}: Props & {
  /** Whether the key is read-only, because it may do more than the reader. */
  isFixed: boolean;
}) {
  const t = useTranslations("settings.accessKeys");
  const { panel, accessKey } = props;
  return (
    <Panel panel={panel} title={accessKey.name}>
      {isFixed ? (
        <PanelBody>
          <Callout icon={<Lock className="size-4" />}>{t("beyondYou")}</Callout>
          <KeyDetails {...props} />
        </PanelBody>
      ) : (
        <RenameForm {...props} />
      )}
    </Panel>
  );
}

function KeyDetails({ accessKey, roleName }: Pick<Props, "accessKey" | "roleName">) {
  const t = useTranslations("settings.accessKeys");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { createdAt, expiresAt, lastUsedAt } = accessKey;
  const moment = (instant: string) =>
    format.dateTime(new Date(instant), { dateStyle: "medium", timeStyle: "short" });
  return (
    <Details>
      {roleName && <Detail label={t("role")}>{roleName}</Detail>}
      <Detail label={t("created")}>{moment(createdAt)}</Detail>
      <Detail label={t("expires")}>
        {!expiresAt
          ? t("never")
          : new Date(expiresAt) <= now
            ? t("expiredOn", { time: moment(expiresAt) })
            : moment(expiresAt)}
      </Detail>
      <Detail label={t("lastUsed")}>{lastUsedAt ? moment(lastUsedAt) : t("neverUsed")}</Detail>
    </Details>
  );
}

function RenameForm({ panel, accessKey, roleName, onRevoke }: Props) {
  const t = useTranslations("settings.accessKeys");
  const ui = useTranslations("ui");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const against = useBase(accessKey);
  const rename = useRenameAccessKey(workspace.id);
  const notes = useNotes();
  const form = useForm({
    resolver: zodResolver(renameSchema),
    defaultValues: { name: accessKey.name },
  });

  async function save({ name }: z.output<typeof renameSchema>) {
    if (form.formState.isDirty) {
      const { id, name: before } = accessKey;
      const after = await against((base) => rename.mutateAsync({ id, change: { name }, base }));
      notes.saved(name, () => rename.mutateAsync({ id, change: { name: before }, base: after }));
    }
    panel.leave();
  }

  return (
    <PanelForm
      form={form}
      panel={panel}
      names={["name"]}
      submitLabel={ui("save")}
      onSubmit={save}
      start={
        <Button look="quiet" onPress={() => onRevoke(accessKey)}>
          <Trash2 aria-hidden="true" className="size-4" />
          {t("revokeEllipsis")}
        </Button>
      }
    >
      <FormTextField control={form.control} name="name" label={common("name")} />
      <KeyDetails accessKey={accessKey} roleName={roleName} />
      <p className="text-muted text-sm">{t("keyHidden")}</p>
    </PanelForm>
  );
}
