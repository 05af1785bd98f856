"use client";

import { useQuery } from "@tanstack/react-query";
import { UsersRound } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { TagPicker } from "@/components/ui/tag-picker";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";

/** Chooses teams. */
export function TeamField({
  label,
  help,
  error,
  value,
  onChange,
}: {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  value: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const t = useTranslations("settings.queues");
  const common = useTranslations("settings.common");
  const { workspace } = useWorkspace();
  const { data: teams } = useQuery(allTeamsQuery(workspace.id));
  const items = useMemo(
    () =>
      (teams ?? [])
        .map(({ id, name }) => ({ id, name, icon: <UsersRound aria-hidden="true" className="size-4" /> }))
        .sort((one, other) => one.name.localeCompare(other.name)),
    [teams],
  );
  return (
    <TagPicker
      label={label}
      help={help}
      {...(error === undefined ? {} : { error })}
      items={items}
      value={value}
      onChange={onChange}
      placeholder={common("chooseTeams")}
      empty={t("noTeams")}
    />
  );
}
