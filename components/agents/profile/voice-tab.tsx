"use client";
import { useTranslations } from "use-intl";
import { DropVmsEditor } from "@/components/agents/media/drop-vms-editor";
import { Checkbox } from "@/components/ui/checkbox";
import { Switch } from "@/components/ui/switch";
import { transcriptionLocales } from "@/lib/platform/locale/transcription";
import { EditableField, FieldGroup } from "./editable-field";
import { NamedChoiceField } from "./named-choice-field";
import { PhoneField } from "./phone-field";
import { useProfile } from "./profile-context";
import { useLanguageName } from "./use-field-words";

/** Edits phone numbers, call settings and transcription. */
export function VoiceTab() {
  const t = useTranslations("profile");
  const { agent } = useProfile();
  return (
    <div className="flex max-w-xl flex-col gap-8">
      <FieldGroup>
        <EditableField field="defaultCallerId">
          {(input) => (
            <PhoneField {...input} saved={agent.defaultCallerId} help={t("help.defaultCallerId")} />
          )}
        </EditableField>
        <EditableField field="forwardNumber">
          {({ label, value, onChange, onBlur, errors }) => (
            <fieldset className="flex flex-col gap-3">
              <legend className="mb-1.5 font-medium text-sm">{label}</legend>
              <Switch isSelected={value.enabled} onChange={(enabled) => onChange({ ...value, enabled })}>
                {t("forwarding.enabled")}
              </Switch>
              <PhoneField
                label={t("forwarding.number")}
                value={value.number}
                saved={agent.forwardNumber?.number}
                onChange={(number) => onChange({ ...value, number })}
                onBlur={onBlur}
                error={errors.number}
              />
              <Checkbox
                isSelected={value.maskCaller}
                onChange={(maskCaller) => onChange({ ...value, maskCaller })}
              >
                {t("forwarding.mask")}
              </Checkbox>
            </fieldset>
          )}
        </EditableField>
        <LanguageField />
      </FieldGroup>
      <Recordings />
    </div>
  );
}

function Recordings() {
  const t = useTranslations("profile");
  const { workspaceId, agent, onUploading } = useProfile();
  const shared = { workspaceId, agentId: agent.id };
  return (
    <FieldGroup title={t("fields.dropVms")} hint={t("help.dropVms")}>
      <EditableField
        field="dropVms"
        readOnly={<DropVmsEditor {...shared} value={agent.dropVms} onChange={() => undefined} isReadOnly />}
      >
        {({ value, onChange, errors }) => (
          <DropVmsEditor
            {...shared}
            value={value}
            onChange={onChange}
            onUploading={onUploading}
            errors={errors}
          />
        )}
      </EditableField>
    </FieldGroup>
  );
}

function LanguageField() {
  const t = useTranslations("profile");
  return (
    <NamedChoiceField
      field="transcriptionLocale"
      codes={transcriptionLocales}
      nameOf={useLanguageName()}
      placeholder={t("noLanguage")}
    />
  );
}
