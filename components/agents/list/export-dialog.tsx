"use client";

import { useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import { notify } from "@/components/ui/toast";
import { agentsCsv, type CsvColumn, csvColumns, csvSeparator } from "@/lib/agents/agents/client/csv";
import { type AgentListQuery, readAgentPage } from "@/lib/agents/agents/client/queries";
import type { Agent } from "@/lib/agents/agents/contract";

function download(text: string, name: string) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Exports all agents of the filtered list, not only the current page. */
export function ExportDialog({
  query,
  total,
  roleNames,
  onClose,
}: {
  /** The list's query; its page is ignored. */
  query: AgentListQuery;
  total: number;
  roleNames: ReadonlyMap<string, string>;
  onClose: () => void;
}) {
  const t = useTranslations("agents.export");
  const ui = useTranslations("ui");
  const locale = useLocale();
  const problem = useProblemText();
  const { workspace } = useWorkspace();
  const [columns, setColumns] = useState<readonly CsvColumn[]>(csvColumns);
  const [progress, setProgress] = useState<{ read: number; total: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const controller = useRef<AbortController>(null);

  async function run() {
    const own = new AbortController();
    controller.current = own;
    setError(null);
    setProgress({ read: 0, total });
    try {
      // Pages by key, so that agents added or deleted during the export cause no duplicates or gaps.
      const agents = new Map<string, Agent>();
      let pageToken: string | undefined;
      do {
        const page = await readAgentPage(workspace.id, { ...query, pageToken }, own.signal);
        for (const agent of page.results) agents.set(agent.id, agent);
        setProgress({ read: agents.size, total: page.total });
        pageToken = page.nextPageToken;
      } while (pageToken);
      const headings = Object.fromEntries(csvColumns.map((id) => [id, t(`columns.${id}`)])) as Record<
        CsvColumn,
        string
      >;
      const day = new Date().toISOString().slice(0, 10);
      download(
        agentsCsv([...agents.values()], columns, headings, roleNames, csvSeparator(locale)),
        `${workspace.slug}-agents-${day}.csv`,
      );
      notify({ kind: "success", title: t("done", { count: agents.size }) });
      onClose();
    } catch (reason) {
      setProgress(null);
      if (!own.signal.aborted) setError(reason);
    }
  }

  function close() {
    controller.current?.abort();
    onClose();
  }

  return (
    <Dialog
      title={t("title")}
      isOpen
      onOpenChange={close}
      footer={
        progress ? (
          <Button autoFocus onPress={() => controller.current?.abort()}>
            {ui("cancel")}
          </Button>
        ) : (
          <>
            <Button onPress={close}>{ui("cancel")}</Button>
            <Button look="primary" isDisabled={columns.length === 0} onPress={() => void run()}>
              {t("submit", { count: total })}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t("hint", { count: total })}</p>
        {error !== null && (
          <Callout look="danger" role="alert">
            {problem(error)}
          </Callout>
        )}
        {progress ? (
          <div role="status">
            <Progress
              label={t("title")}
              value={progress.read}
              max={progress.total}
              text={t("progress", progress)}
            />
          </div>
        ) : (
          <fieldset>
            <legend className="pb-1 font-medium text-sm">{t("columnsTitle")}</legend>
            <div className="grid grid-cols-2 gap-x-4 sm:grid-cols-3">
              {csvColumns.map((id) => (
                <Checkbox
                  key={id}
                  className="min-h-7 max-sm:min-h-11"
                  isSelected={columns.includes(id)}
                  onChange={(isChosen) =>
                    setColumns(csvColumns.filter((each) => (each === id ? isChosen : columns.includes(each))))
                  }
                >
                  {t(`columns.${id}`)}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        )}
      </div>
    </Dialog>
  );
}
