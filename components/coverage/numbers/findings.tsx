"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLocale, useTranslations } from "use-intl";
import { usePeople } from "@/components/settings/kit/agent-search";
import { useWorkspace } from "@/components/shell/workspace-context";
import { allCoverageNeedsQuery } from "@/lib/agents/coverage/client/needs";
import { scheduleFindingsQuery } from "@/lib/agents/coverage/client/queries";
import type { CoverageNeed } from "@/lib/agents/coverage/needs-contract";
import type { ScheduleFinding } from "@/lib/agents/coverage/planner-contract";
import { epochDay } from "@/lib/platform/time/calendar";
import { formatDay } from "@/lib/platform/time/format";
import { CoveragePart, NothingFound } from "./part";
import { useNeedWords } from "./use-need-words";

/** Probable mistakes in schedules. */
export function Findings() {
  const t = useTranslations("calendar.coverage.findings");
  const { workspace } = useWorkspace();
  const findings = useQuery(scheduleFindingsQuery(workspace.id));
  const needs = useQuery(allCoverageNeedsQuery(workspace.id));
  return (
    <CoveragePart
      id="findings"
      title={t("title")}
      query={findings}
      // Findings about needs show them, and a later change of their text would be a layout shift.
      items={needs.isPending ? undefined : findings.data?.results}
      empty={<NothingFound>{t("none")}</NothingFound>}
      mostShown={8}
    >
      {(shown) => <FindingItems findings={shown} needs={needs.data ?? []} />}
    </CoveragePart>
  );
}

function FindingItems({
  findings,
  needs,
}: {
  findings: readonly ScheduleFinding[];
  needs: readonly CoverageNeed[];
}) {
  const words = useNeedWords();
  const personOf = usePeople(findings.map(({ agentId }) => agentId));
  const needOf = ({ needId }: ScheduleFinding) => {
    const need = needs.find(({ id }) => id === needId);
    return need && words.whole(need);
  };
  return findings.map((finding, index) => (
    <Finding
      // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity of their own.
      key={index}
      finding={finding}
      agentName={personOf(finding.agentId)?.name}
      need={needOf(finding)}
    />
  ));
}

function Finding({
  finding,
  agentName,
  need,
}: {
  finding: ScheduleFinding;
  /** Undefined while it loads, or if it is not about an agent. */
  agentName: string | undefined;
  /** The need in words. Undefined while it loads, or if it is not about a need. */
  need: string | undefined;
}) {
  const t = useTranslations("calendar.coverage.findings");
  const locale = useLocale();
  const { href } = useWorkspace();
  const { kind, agentId, teamId, skillId, needId, date, name } = finding;
  const address = agentId
    ? href(`/agents/${agentId}?tab=${kind === "leapDay" ? "holidays" : "schedule"}`)
    : teamId
      ? href(`/settings/teams?edit=${teamId}`)
      : skillId
        ? href(`/settings/skills?edit=${skillId}`)
        : needId
          ? href(`/coverage?edit=${needId}`)
          : undefined;
  return (
    <li className="px-4 py-3">
      <p>{t(`kind.${kind}`)}</p>
      <p className="flex flex-wrap gap-x-3 text-sm">
        {address ? (
          <Link
            href={address}
            prefetch={false}
            className="inline-block min-h-6 text-accent hover:underline focus-visible:outline-2 focus-visible:outline-accent"
          >
            <bdi>{agentName ?? name}</bdi>
            {agentName === undefined && name === undefined && (need ?? t("open"))}
          </Link>
        ) : (
          name && <span dir="auto">{name}</span>
        )}
        {agentName && name && name !== agentName && (
          <span dir="auto" className="text-muted">
            {name}
          </span>
        )}
        {date && need === undefined && (
          <span className="text-muted">{formatDay(locale, epochDay(date), { dateStyle: "medium" })}</span>
        )}
      </p>
    </li>
  );
}
