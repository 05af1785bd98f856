"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useList } from "@/components/shell/use-list";
import { useWorkspace } from "@/components/shell/workspace-context";
import { useJoined } from "@/components/ui/use-joined";
import type { Conversation } from "@/lib/routing/conversations/contract";
import { allSkillsQuery } from "@/lib/workforce/skills/client/queries";
import { frequentFirst, shortReasonOf, type WaitingReason } from "./waiting-rules";

/** Returns a function that names required skills: "Japanese", or "Language: Japanese or Korean". */
export function useSkillNames(): (required: Conversation["requiredSkills"]) => string[] {
  const t = useTranslations("routing");
  const { workspace, can } = useWorkspace();
  const { data } = useQuery({ ...allSkillsQuery(workspace.id), enabled: can("settings.read") });
  const known = useMemo(() => new Map(data?.map((skill) => [skill.id, skill])), [data]);
  return useCallback(
    (required) =>
      required.map(({ skillId, valueIds }) => {
        const skill = known.get(skillId);
        if (!skill) return data ? t("unknownSkill") : "…";
        const values = skill.values.filter(({ id }) => valueIds.includes(id)).map(({ value }) => value);
        return values.length > 0 ? values.join(" / ") : skill.name;
      }),
    [known, data, t],
  );
}

/** Returns a function that counts closed agents by reason: "8 out of hours, 4 full". */
export function useClosedWords(): (closed: WaitingReason["closed"]) => string {
  const t = useTranslations("routing");
  const joined = useJoined();
  return useCallback(
    (closed) => joined(frequentFirst(closed).map(({ code, count }) => t(`closed.${code}`, { count }))),
    [t, joined],
  );
}

/** Returns a function that says in one line why a conversation waits. */
export function useWaitingWords(): (reason: WaitingReason | undefined, skills: readonly string[]) => string {
  const t = useTranslations("routing");
  const list = useList();
  const joined = useJoined();
  return useCallback(
    (reason, skills) => {
      if (!reason) return t("reason.pending");
      const short = shortReasonOf(reason);
      switch (short.kind) {
        case "open":
          return t("reason.open", { open: short.open });
        case "justAsked":
          return t("reason.justAsked", { open: short.open });
        case "nobody":
          return skills.length === 0
            ? t("reason.nobody")
            : t("reason.nobodySkills", { count: skills.length, skills: list(skills) });
        case "closed": {
          const parts = short.reasons.map(({ code, count }) => t(`closed.${code}`, { count }));
          if (short.others > 0) parts.push(t("reason.more", { count: short.others }));
          return t("reason.closed", { matching: short.matching, reasons: joined(parts) });
        }
      }
    },
    [t, list, joined],
  );
}
