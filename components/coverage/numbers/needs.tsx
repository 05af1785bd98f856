"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { usePage } from "@/components/settings/kit/page-context";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { lazyPart } from "@/components/ui/lazy-part";
import { allCoverageNeedsQuery } from "@/lib/agents/coverage/client/needs";
import { CoveragePart } from "./part";
import { useNeedWords } from "./use-need-words";

const NeedPanel = lazyPart(async () => (await import("./need-panel")).NeedPanel);

/** The list of needs: how many agents must be scheduled, and when. */
export function Needs() {
  const t = useTranslations("calendar.coverage.needs");
  const { workspace, can } = useWorkspace();
  const { panel } = usePage();
  const words = useNeedWords();
  const needs = useQuery(allCoverageNeedsQuery(workspace.id));
  const canWrite = can("calendar.write");
  return (
    <>
      <CoveragePart
        id="needs"
        title={t("title")}
        action={
          canWrite && (
            <Button size="small" onPress={panel.openNew}>
              <Plus aria-hidden="true" className="size-4" />
              {t("add")}
            </Button>
          )
        }
        query={needs}
        items={needs.data}
        empty={t("none")}
      >
        {(shown) =>
          shown.map((need) => (
            <li key={need.id}>
              {canWrite ? (
                <button
                  type="button"
                  onClick={() => panel.open(need.id)}
                  className="block min-h-11 w-full px-4 py-2.5 text-start tabular-nums hover:bg-hover focus-visible:outline-2 focus-visible:outline-accent focus-visible:-outline-offset-2"
                >
                  {words.whole(need)}
                </button>
              ) : (
                <p className="px-4 py-2.5 tabular-nums">{words.whole(need)}</p>
              )}
            </li>
          ))
        }
      </CoveragePart>
      {canWrite && panel.target && (
        <Suspense>
          <NeedPanel needs={needs} />
        </Suspense>
      )}
    </>
  );
}
