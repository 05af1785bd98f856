"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { usePeople } from "@/components/settings/kit/agent-search";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { coverageRisksQuery } from "@/lib/agents/coverage/client/queries";
import type { CoverageRisk } from "@/lib/agents/coverage/contract";
import { CoveragePart, NothingFound } from "./part";
import { useNeedWords } from "./use-need-words";

/** Maximum number of names in a risk. */
const mostNames = 5;

/** Stretches of the period with too few agents, and who is scheduled in them. */
export function Risks({ from, to }: { from: string; to: string }) {
  const t = useTranslations("calendar.coverage.risks");
  const { workspace } = useWorkspace();
  const risks = useQuery(coverageRisksQuery(workspace.id, { from, to }));
  return (
    <CoveragePart
      id="risks"
      title={t("title")}
      query={risks}
      items={risks.data?.results}
      empty={<NothingFound>{t("none")}</NothingFound>}
      mostShown={8}
    >
      {(shown) => <RiskItems risks={shown} timezone={risks.data?.timezone ?? workspace.timezone} />}
    </CoveragePart>
  );
}

function RiskItems({ risks, timezone }: { risks: readonly CoverageRisk[]; timezone: string }) {
  const personOf = usePeople(risks.flatMap(({ agentIds }) => agentIds.slice(0, mostNames)));
  return risks.map((risk) => (
    <Risk
      key={`${risk.needId}${risk.kind}${risk.start}`}
      risk={risk}
      timezone={timezone}
      nameOf={(id) => personOf(id)?.name}
    />
  ));
}

function Risk({
  risk,
  timezone,
  nameOf,
}: {
  risk: CoverageRisk;
  timezone: string;
  nameOf: (id: string) => string | undefined;
}) {
  const t = useTranslations("calendar.coverage.risks");
  const format = useFormatter();
  const words = useNeedWords();
  const { href } = useWorkspace();
  const { kind, start, end, scheduled, needed, agentIds } = risk;
  const at = (instant: string) =>
    format.dateTime(Date.parse(instant), {
      timeZone: timezone,
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "numeric",
      minute: "2-digit",
    });
  const names = agentIds.slice(0, mostNames);
  return (
    <li className="flex gap-3 px-4 py-3">
      <span aria-hidden="true" className="mt-0.5 shrink-0">
        {kind === "belowMinimum" ? (
          <TriangleAlert className="size-4 text-danger" />
        ) : (
          <UserRound className="size-4 text-warning" />
        )}
      </span>
      <div className="min-w-0">
        <p className="font-medium">
          {t(kind, { scheduled, needed })} <span dir="auto">{words.scope(risk)}</span>
        </p>
        <p className="text-muted text-sm tabular-nums">{t("when", { from: at(start), to: at(end) })}</p>
        {names.length > 0 && (
          <ul aria-label={t("who")} className="flex flex-wrap gap-x-3 text-sm">
            {names.map((id) => (
              <li key={id}>
                <Link
                  href={href(`/agents/${id}?tab=schedule`)}
                  prefetch={false}
                  dir="auto"
                  className="inline-block min-h-6 text-accent hover:underline focus-visible:outline-2 focus-visible:outline-accent"
                >
                  {nameOf(id) ?? "…"}
                </Link>
              </li>
            ))}
            {agentIds.length > mostNames && (
              <li className="text-muted">{t("others", { count: agentIds.length - mostNames })}</li>
            )}
          </ul>
        )}
      </div>
    </li>
  );
}
