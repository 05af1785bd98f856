"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import { allSendersQuery } from "@/lib/workforce/senders/client/queries";
import { EditableField } from "./editable-field";

/** The name and address that customers see on the agent's messages. */
export function SenderField() {
  const t = useTranslations("profile");
  const { workspace, can } = useWorkspace();
  const { data: senders, isPending } = useQuery({
    ...allSendersQuery(workspace.id),
    enabled: can("settings.read"),
  });
  return (
    <EditableField field="defaultSenderId">
      {({ label, value, onChange, onBlur, error }) => (
        <ComboBox
          label={label}
          help={t("help.defaultSenderId")}
          placeholder={t("noSender")}
          items={senders ?? []}
          isLoading={isPending}
          value={value || null}
          onChange={(id) => onChange(id === null ? "" : String(id))}
          onBlur={onBlur}
          error={error}
        >
          {({ id, name, email }) => (
            <Option
              id={id}
              textValue={name}
              hint={<span dir="ltr">{`${email.username}@${email.domain}`}</span>}
            >
              {name}
            </Option>
          )}
        </ComboBox>
      )}
    </EditableField>
  );
}
