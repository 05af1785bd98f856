"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { type Face, useFoundAgents } from "@/components/settings/kit/agent-search";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import { useDebounced } from "@/components/ui/use-debounced";

/** A combo box that finds one agent by name or email. */
export function AgentField({
  label,
  help,
  error,
  value,
  onChange,
  exclude,
  autoFocus = false,
}: {
  label: string;
  help?: string;
  error?: string | undefined;
  value: Face | undefined;
  onChange: (agent: Face | undefined) => void;
  /** An agent who can't be chosen. */
  exclude?: string | undefined;
  autoFocus?: boolean;
}) {
  const t = useTranslations("calendar.timeOff.ask");
  const [search, setSearch] = useState("");
  // The name of the chosen agent is in the field, but it is not a search.
  const wanted = useDebounced(search === value?.name ? "" : search.trim());
  const found = useFoundAgents(wanted);
  const agents = (found.data?.agents ?? []).filter(({ id }) => id !== exclude);
  const items = value && !agents.some(({ id }) => id === value.id) ? [value, ...agents] : agents;
  return (
    <ComboBox<Face>
      label={label}
      help={help}
      error={error}
      autoFocus={autoFocus}
      placeholder={t("chooseAgent")}
      items={items}
      value={value?.id ?? null}
      onChange={(id) => onChange(items.find((each) => each.id === id))}
      onInputChange={setSearch}
      isSearchedElsewhere
      isLoading={wanted !== "" && found.isFetching}
      empty={search.trim() === "" ? t("chooseAgent") : t("nobody")}
    >
      {(agent) => (
        <Option id={agent.id} textValue={agent.name} hint={agent.email}>
          {agent.name}
        </Option>
      )}
    </ComboBox>
  );
}
