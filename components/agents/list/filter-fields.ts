"use client";

import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";
import { type AgentFilters, changePresets } from "@/lib/agents/agents/client/list-state";
import { activities, agentStatuses } from "@/lib/availability/declared/values";
import { channels } from "@/lib/availability/effective/channels";
import type { FilterChange } from "./list-address";
import type { Facets } from "./use-facets";

export const filterFields = [
  "canTake",
  "status",
  "activity",
  "teams",
  "roles",
  "skills",
  "hours",
  "changed",
] as const;
export type FilterField = (typeof filterFields)[number];

export interface Choice {
  id: string;
  name: string;
}

export interface FieldState {
  field: FilterField;
  name: string;
  choices: Choice[];
  chosen: string[];
  /** Whether several values can be chosen; an agent matches if any of them does. */
  isMultiple: boolean;
  /** The chosen values as text; null if none. */
  summary: string | null;
  /** Returns the filter change for the chosen IDs. */
  choose: (ids: string[]) => FilterChange;
  clear: FilterChange;
}

const only = <const T extends string>(values: readonly T[], ids: readonly string[]): T[] =>
  values.filter((value) => ids.includes(value));

/** Returns the filters with their options and the chosen values as text. */
export function useFilterFields(filters: AgentFilters, facets: Facets): FieldState[] {
  const t = useTranslations("agents.filters");
  const words = useTranslations("availability");
  const format = useFormatter();

  function summaryOf(choices: readonly Choice[], chosen: readonly string[]): string | null {
    if (chosen.length === 0) return null;
    const names = chosen.map((id) => choices.find((choice) => choice.id === id)?.name ?? t("unknown"));
    return names.length <= 2
      ? format.list(names, { type: "disjunction" })
      : t("several", { count: names.length });
  }

  function several<Field extends "canTake" | "status" | "activity" | "teams" | "roles" | "skills">(
    field: Field,
    choices: Choice[],
    choose: (ids: string[]) => FilterChange,
  ): FieldState {
    const chosen: string[] = filters[field];
    const key: FilterField = field;
    return {
      field,
      name: t(`fields.${key}`),
      choices,
      chosen,
      isMultiple: true,
      summary: summaryOf(choices, chosen),
      choose,
      clear: { [field]: null },
    };
  }

  const exact = (date: Date) => format.dateTime(date, { dateStyle: "medium", timeStyle: "short" });
  const { since, upto, changed, hours } = filters;
  const hourChoices = (["in", "out"] as const).map((id) => ({ id, name: t(`hours.${id}`) }));
  const presetChoices = changePresets.map((id) => ({ id, name: t(`changed.${id}`) }));
  const bounds =
    since && upto
      ? t("changed.between", { since: exact(since), upto: exact(upto) })
      : since
        ? t("changed.since", { since: exact(since) })
        : upto
          ? t("changed.upto", { upto: exact(upto) })
          : null;

  return [
    several(
      "canTake",
      channels.map((id) => ({ id, name: words(`channels.${id}`) })),
      (ids) => ({ canTake: only(channels, ids) }),
    ),
    several(
      "status",
      agentStatuses.map((id) => ({ id, name: words(`status.${id}`) })),
      (ids) => ({ status: only(agentStatuses, ids) }),
    ),
    several(
      "activity",
      activities.map((id) => ({ id, name: words(`activity.${id}`) })),
      (ids) => ({ activity: only(activities, ids) }),
    ),
    several("teams", facets.teams, (ids) => ({ teams: ids })),
    several("roles", facets.roles, (ids) => ({ roles: ids })),
    several("skills", facets.skills, (ids) => ({ skills: ids })),
    {
      field: "hours",
      name: t("fields.hours"),
      choices: hourChoices,
      chosen: hours ? [hours] : [],
      isMultiple: false,
      summary: hours ? t(`hours.${hours}`) : null,
      choose: (ids) => ({ hours: only(["in", "out"], ids)[0] ?? null }),
      clear: { hours: null },
    },
    {
      field: "changed",
      name: t("fields.changed"),
      choices: presetChoices,
      chosen: changed ? [changed] : [],
      isMultiple: false,
      summary: changed ? t(`changed.${changed}`) : bounds,
      choose: (ids) => ({ changed: only(changePresets, ids)[0] ?? null, since: null, upto: null }),
      clear: { changed: null, since: null, upto: null },
    },
  ];
}
