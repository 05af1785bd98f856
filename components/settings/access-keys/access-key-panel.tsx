"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { parseDate } from "@internationalized/date";
import { Lock } from "lucide-react";
import { Controller, useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Detail, Details } from "@/components/settings/kit/details";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { OneTimeSecret } from "@/components/settings/kit/one-time-secret";
import { usePage } from "@/components/settings/kit/page-context";
import { PanelBody } from "@/components/settings/kit/panel";
import { PanelForm } from "@/components/settings/kit/panel-form";
import { useResourceForm } from "@/components/settings/kit/use-resource-form";
import { useIsGrantable } from "@/components/settings/roles/role-choice";
import { useRoles } from "@/components/shell/roles";
import { useFormatter, useNow, useViewerZone } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Callout } from "@/components/ui/callout";
import { DatePicker } from "@/components/ui/date-picker";
import { Option, Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { useCreateAccessKey, useRenameAccessKey } from "@/lib/access/access-keys/client/queries";
import { type AccessKey, accessKeyDraftSchema } from "@/lib/access/access-keys/contract";
import { listAgents } from "@/lib/agents/agents/client/calls";
import { requestUrl } from "@/lib/platform/client/client";
import { pageNow } from "@/lib/platform/client/page-clock";
import { DAY_MS, epochDay } from "@/lib/platform/time/calendar";
import { localDate, zoneClock } from "@/lib/platform/time/wall-clock";

/** Default lifetime of a new key in days. */
const usualDays = 90;

/** Returns the last millisecond of a day in a time zone as an ISO instant. */
function endOfDay(date: string, timezone: string): string {
  const day = epochDay(date);
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

/** Returns the roles, if the reader may see them, and a function that names the role of a key. */
export function useKeyRoles() {
  const { can } = useWorkspace();
  const roles = useRoles({ enabled: can("settings.read") }).data;
  const roleOf = ({ roleId }: AccessKey) => roles?.find(({ id }) => id === roleId)?.name;
  return { roles, roleOf };
}

/** Renames an access key, or creates one. */
export function AccessKeyForm({ item }: { item: AccessKey | undefined }) {
  return item ? <RenameForm accessKey={item} /> : <NewKeyForm />;
}

function NewKeyForm() {
  const t = useTranslations("settings.accessKeys");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const { panel, show } = usePage();
  const { roles = [] } = useKeyRoles();
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
    show(
      <OneTimeSecret
        title={common("created", { name: made.name })}
        text={t("keyText")}
        label={t("key")}
        value={made.key}
        example={{
          label: t("example"),
          code: `curl -H "Authorization: AccessKey ${made.key}" \\\n  "${window.location.origin}${requestUrl(listAgents, { workspaceId: workspace.id })}"`,
        }}
      />,
    );
  }

  return (
    <PanelForm form={form} onSubmit={save}>
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
  );
}

const renameSchema = accessKeyDraftSchema.pick({ name: true });

/** Shows a key that has more permissions than the reader. */
export function AccessKeyDetails({ item }: { item: AccessKey }) {
  const t = useTranslations("settings.accessKeys");
  return (
    <PanelBody>
      <Callout icon={<Lock className="size-4" />}>{t("beyondYou")}</Callout>
      <KeyDetails accessKey={item} />
    </PanelBody>
  );
}

function KeyDetails({ accessKey }: { accessKey: AccessKey }) {
  const t = useTranslations("settings.accessKeys");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { createdAt, expiresAt, lastUsedAt } = accessKey;
  const roleName = useKeyRoles().roleOf(accessKey);
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

function RenameForm({ accessKey }: { accessKey: AccessKey }) {
  const t = useTranslations("settings.accessKeys");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const resource = useResourceForm({
    item: accessKey,
    schema: renameSchema,
    defaults: { name: accessKey.name },
    change: useRenameAccessKey(workspace.id),
  });

  return (
    <PanelForm {...resource}>
      <FormTextField control={resource.form.control} name="name" label={common("name")} />
      <KeyDetails accessKey={accessKey} />
      <p className="text-muted text-sm">{t("keyHidden")}</p>
    </PanelForm>
  );
}
