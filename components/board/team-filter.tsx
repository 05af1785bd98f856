"use client";

import { ChevronDown } from "lucide-react";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { useOwnAgent } from "@/components/shell/own-availability";
import { useFormatter } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSection } from "@/components/ui/menu";

interface Team {
  id: string;
  name: string;
}

/** Chooses the teams that the board shows; none means all agents. */
export function TeamFilter({
  teams,
  chosen,
  onChoose,
}: {
  /** Undefined while they load. */
  teams: readonly Team[] | undefined;
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
}) {
  const t = useTranslations("board.teamFilter");
  const format = useFormatter();
  const { data: own } = useOwnAgent();
  const ownTeams = own?.data.teams.map(({ id }) => id) ?? [];
  const names = chosen.map((id) => teams?.find((team) => team.id === id)?.name ?? t("unknown"));
  const text =
    names.length === 0
      ? t("all")
      : teams && names.length <= 2
        ? format.list(names, { type: "disjunction" })
        : t("several", { count: names.length });
  return (
    <MenuTrigger>
      <Button look="secondary" aria-label={t("label", { teams: text })} className="min-w-0 max-w-64">
        <span className="truncate">{text}</span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </Button>
      <Menu
        aria-label={t("title")}
        placement="bottom end"
        maxHeight={400}
        onAction={(key) => {
          if (key === "all") onChoose([]);
          if (key === "own") onChoose(ownTeams);
        }}
      >
        <MenuItem id="all">{t("all")}</MenuItem>
        {ownTeams.length > 0 && <MenuItem id="own">{t("own")}</MenuItem>}
        <MenuSection
          title={t("title")}
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={(keys) =>
            onChoose((teams ?? []).map(({ id }) => id).filter((id) => keys === "all" || keys.has(id)))
          }
        >
          {teams?.map(({ id, name }) => (
            <MenuItem key={id} id={id} textValue={name} shouldCloseOnSelect={false}>
              {name}
            </MenuItem>
          ))}
        </MenuSection>
      </Menu>
    </MenuTrigger>
  );
}
