"use client";

import type { ComponentType } from "react";
import { useTranslations } from "use-intl";
import { AvatarEditor } from "@/components/agents/media/avatar-editor";
import { useRoles } from "@/components/shell/roles";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { EmailText } from "@/components/ui/email-text";
import { Skeleton } from "@/components/ui/skeleton";
import { Tag } from "@/components/ui/tag";
import { TextField } from "@/components/ui/text-field";
import { CountryField } from "./country-field";
import { EditableField, Fact, FieldGroup } from "./editable-field";
import { useProfile } from "./profile-context";
import { type FieldOf, fieldsOf, fieldTable, isTextField, type TextProfileField } from "./profile-fields";
import { SenderField } from "./sender-field";
import { TimezoneField } from "./timezone-field";
import { useSetAvatar } from "./use-set-avatar";

export function ProfileTab() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,36rem)_minmax(0,16rem)]">
      <FieldGroup>
        <Picture />
        {fieldsOf("profile").map((field) => {
          if (isTextField(field)) return <TextInput key={field} field={field} />;
          const Input = inputs[field];
          return <Input key={field} />;
        })}
      </FieldGroup>
      <AccountFacts />
    </div>
  );
}

const inputs: Record<Exclude<FieldOf<"profile">, TextProfileField>, ComponentType> = {
  timezone: TimezoneField,
  defaultCountryCode: CountryField,
  defaultSenderId: SenderField,
};

function TextInput({ field }: { field: TextProfileField }) {
  const t = useTranslations("profile.help");
  const { lines = 1, isRequired = false } = fieldTable[field];
  return (
    <EditableField field={field}>
      {(input) => (
        <TextField {...input} help={t(field)} isRequired={isRequired} {...(lines > 1 ? { lines } : {})} />
      )}
    </EditableField>
  );
}

function Picture() {
  const { workspaceId, agent, rights } = useProfile();
  const setAvatar = useSetAvatar(workspaceId, agent.id);
  if (!rights.canEdit("avatarUrl")) return null;
  return (
    <AvatarEditor
      workspaceId={workspaceId}
      agentId={agent.id}
      name={agent.name}
      src={agent.avatarUrl}
      onChange={setAvatar}
    />
  );
}

function AccountFacts() {
  const t = useTranslations("profile");
  const format = useFormatter();
  const { agent } = useProfile();
  const { can } = useWorkspace();
  const canReadSettings = can("settings.read");
  const { data: roles, isPending } = useRoles({ enabled: canReadSettings });
  const day = (instant: string) => format.dateTime(new Date(instant), { dateStyle: "long" });
  const since = agent.teams.map((team) => team.memberSince).sort()[0];
  return (
    <aside
      aria-label={t("facts.title")}
      className="flex min-w-0 flex-col gap-4 max-lg:border-line max-lg:border-t max-lg:pt-6"
    >
      <h2 className="font-semibold text-lg">{t("facts.title")}</h2>
      <Fact label={t("fields.type")}>{agent.type === "bot" ? t("facts.bot") : t("facts.person")}</Fact>
      {agent.type === "user" && (
        <Fact label={t("fields.userEmails")}>
          {agent.userEmails.length === 0
            ? t("facts.noEmails")
            : agent.userEmails.map((email) => <EmailText key={email} email={email} className="block" />)}
        </Fact>
      )}
      {agent.user && agent.overrideName && <Fact label={t("facts.nameOfPerson")}>{agent.user.name}</Fact>}
      {agent.type === "user" && (
        <Fact label={t("fields.roles")}>
          {agent.roles.length === 0 ? (
            t("facts.noRoles")
          ) : isPending && canReadSettings ? (
            <Skeleton className="h-5 w-20" />
          ) : (
            <span className="flex min-h-5 flex-wrap gap-1">
              {agent.roles.flatMap((role) => {
                const name = roles?.find((each) => each.id === role.id)?.name;
                return name ? [<Tag key={role.id}>{name}</Tag>] : [];
              })}
            </span>
          )}
        </Fact>
      )}
      <Fact label={t("fields.createdAt")}>{day(agent.createdAt)}</Fact>
      {since && <Fact label={t("fields.memberSince")}>{day(since)}</Fact>}
    </aside>
  );
}
