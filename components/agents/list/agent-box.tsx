"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useCityOf } from "@/components/agents/profile/use-city-of";
import { useWorkspace } from "@/components/shell/workspace-context";
import { ComboBox } from "@/components/ui/combo-box";
import { Option } from "@/components/ui/select";
import { useDebounced } from "@/components/ui/use-debounced";
import { searchFor } from "@/lib/agents/agents/client/list-state";
import { agentListQuery } from "@/lib/agents/agents/client/queries";
import type { Agent } from "@/lib/agents/agents/contract";

/** Selects an agent by typing part of the name. */
export function AgentBox({ label, onChoose }: { label: string; onChoose: (agent: Agent) => void }) {
  const t = useTranslations("agents.bulk");
  const cityOf = useCityOf();
  const { workspace } = useWorkspace();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = useDebounced(typed.trim());
  const { data, isFetching } = useQuery({
    ...agentListQuery(workspace.id, { limit: "20", sortBy: "match", search: searchFor(wanted) }),
    refetchInterval: false,
  });
  const agents = data?.results ?? [];
  return (
    <ComboBox
      label={label}
      placeholder={t("searchAgents")}
      items={agents}
      isSearchedElsewhere
      isLoading={isFetching}
      value={chosen}
      onInputChange={setTyped}
      onChange={(key) => {
        setChosen(key === null ? null : String(key));
        const agent = agents.find(({ id }) => id === key);
        if (agent) onChoose(agent);
      }}
    >
      {(agent) => (
        <Option id={agent.id} textValue={agent.name} hint={cityOf(agent.timezone)}>
          {agent.name}
        </Option>
      )}
    </ComboBox>
  );
}
