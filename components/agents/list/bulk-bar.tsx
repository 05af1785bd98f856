"use client";

import {
  CalendarClock,
  CalendarRange,
  ChevronDown,
  Clock,
  Ellipsis,
  Gauge,
  Globe,
  RefreshCw,
  Trash2,
  TreePalm,
  UsersRound,
  X,
} from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { PresetIcon } from "@/components/availability/preset-icon";
import { statusMarks } from "@/components/availability/status-menu";
import { usePresets } from "@/components/availability/use-presets";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { dock } from "@/components/ui/dock";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Menu, MenuItem, MenuSection } from "@/components/ui/menu";
import { StatusMark } from "@/components/ui/status-mark";
import { notify } from "@/components/ui/toast";
import { Toolbar } from "@/components/ui/toolbar";
import { bulkUndoTime } from "@/components/ui/undo-notes";
import { type BulkResult, countAgents } from "@/lib/agents/agents/client/bulk";
import { type BulkChange, bulkTasks } from "@/lib/agents/agents/client/bulk-changes";
import { plannedChangeLimit } from "@/lib/agents/coverage/values";
import { agentStatuses } from "@/lib/availability/declared/values";
import { changeOf } from "@/lib/availability/presets/rules";
import { request } from "@/lib/platform/client/request";
import { Affected } from "./affected";
import type { BulkFormName } from "./bulk-form";
import { useBulkRun } from "./use-bulk-run";
import type { AgentSelection } from "./use-selection";

const BulkForm = lazyPart(async () => (await import("./bulk-form")).BulkForm);
const BulkProgress = lazyPart(async () => (await import("./bulk-progress")).BulkProgress);

/** Milliseconds before the progress dialog opens. A shorter run is reported by its toast alone. */
const showProgressAfter = 700;

const icon = "size-4";

/** The actions for the selected agents. */
export function BulkBar({ selection }: { selection: AgentSelection }) {
  const t = useTranslations("agents.bulk");
  const ui = useTranslations("ui");
  const words = useTranslations("availability");
  const presets = usePresets() ?? [];
  const { workspace, can, agentId } = useWorkspace();
  const runner = useBulkRun(workspace.id);
  const [form, setForm] = useState<BulkFormName | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  // Names of the agents in the current run: the selection may change during it.
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [isSlow, setSlow] = useState(false);
  const { run } = runner;
  const { chosen, clear, drop } = selection;
  const count = chosen.size;
  // The server refuses to delete the caller's own agent.
  const deletable = new Map([...chosen].filter(([id]) => id !== agentId));

  useEffect(() => {
    if (!run?.isRunning) return;
    setSlow(false);
    const timer = setTimeout(() => setSlow(true), showProgressAfter);
    return () => clearTimeout(timer);
  }, [run?.isRunning]);

  function undo(title: string, results: readonly BulkResult[]) {
    const tasks = results.flatMap((result) => result.undo ?? []);
    void runner.start({
      title: t("undoing", { title }),
      tasks,
      isUndo: true,
      onEnd: (ended) => finish(t("undone", { title }), ended, true),
    });
  }

  function finish(title: string, results: readonly BulkResult[], isUndo = false) {
    const counts = countAgents(results);
    if (counts.failed + counts.cancelled > 0) return;
    runner.close();
    const canUndo = !isUndo && results.some((result) => result.undo);
    notify({
      kind: "success",
      title,
      detail: t("changed", { count: counts.done }),
      ...(canUndo
        ? { action: { label: ui("undo"), run: () => undo(title, results), atLeast: bulkUndoTime } }
        : {}),
    });
  }

  function begin(change: BulkChange, title: string, agents = chosen) {
    setForm(null);
    setDeleting(false);
    setNames(agents);
    void runner.start({
      title,
      tasks: bulkTasks(change, [...agents.keys()], { workspaceId: workspace.id, send: request }),
      onEnd(results) {
        if (change.kind === "delete")
          drop(results.filter(({ state }) => state === "done").flatMap(({ task }) => task.agentIds));
        finish(title, results);
      },
    });
  }

  function retry() {
    if (!run) return;
    const isEnded = (result: BulkResult) => result.state === "done";
    void runner.start({
      title: run.title,
      tasks: run.results.filter((result) => !isEnded(result)).map(({ task }) => task),
      isUndo: run.isUndo,
      kept: run.results.filter(isEnded),
      onEnd: (results) => finish(run.title, results, run.isUndo),
    });
  }

  const setsAvailability = can("availability.write");
  const plansHours = can("calendar.write");
  const plansTimeOff = plansHours && can("timeOff.write");
  // Without previews, a schedule can be set for any number of agents.
  const plansSchedule = plansHours && (count <= plannedChangeLimit || !can("agents.write"));
  const hours = [
    { id: "dates" as const, icon: <CalendarRange className={icon} />, shown: plansHours },
    { id: "timeOff" as const, icon: <TreePalm className={icon} />, shown: plansTimeOff },
    { id: "rotation" as const, icon: <RefreshCw className={icon} />, shown: plansHours },
    {
      id: plansSchedule ? ("weekly" as const) : ("schedule" as const),
      icon: <CalendarClock className={icon} />,
      shown: plansHours || can("agents.write"),
    },
  ].filter(({ shown }) => shown);
  const others = [
    { id: "teams" as const, icon: <UsersRound className={icon} />, shown: can("settings.write") },
    { id: "timezone" as const, icon: <Globe className={icon} />, shown: can("agents.write") },
    { id: "capacityRule" as const, icon: <Gauge className={icon} />, shown: can("settings.write") },
  ].filter(({ shown }) => shown);
  const hasUnfinished = run !== null && !run.isRunning;

  return (
    <>
      {count > 0 && (
        <div
          ref={dock}
          className="pointer-events-none absolute inset-x-0 bottom-10 z-20 flex justify-center px-3 pb-4"
        >
          <Toolbar
            label={t("label")}
            className="pointer-events-auto max-w-full animate-appear flex-nowrap! rounded-xl border border-line bg-raised p-1.5 shadow-raised"
          >
            <span role="status" className="whitespace-nowrap ps-2 pe-1 font-medium text-sm tabular-nums">
              {t("selected", { count })}
            </span>
            <IconButton label={t("clear")} keys="Esc" size="small" placement="top" onPress={clear}>
              <X aria-hidden="true" className={icon} />
            </IconButton>
            <span aria-hidden="true" className="mx-0.5 h-5 border-line border-s" />
            {setsAvailability && (
              <MenuTrigger>
                <Button look="quiet" size="small">
                  {t("status")}
                  <ChevronDown aria-hidden="true" className="size-3.5 text-muted" />
                </Button>
                <Menu
                  aria-label={t("status")}
                  placement="top start"
                  onAction={(key) => {
                    const status = agentStatuses.find((each) => each === key);
                    if (status)
                      begin(
                        { kind: "availability", change: { status } },
                        t("setStatus", { status: words(`status.${status}`) }),
                      );
                    const preset = presets.find(({ id }) => id === key);
                    if (preset) begin({ kind: "availability", change: changeOf(preset) }, preset.name);
                  }}
                >
                  <MenuSection title={words("statusTitle")}>
                    {agentStatuses.map((each) => (
                      <MenuItem
                        key={each}
                        id={each}
                        textValue={words(`status.${each}`)}
                        icon={<StatusMark mark={statusMarks[each]} />}
                      >
                        {words(`status.${each}`)}
                      </MenuItem>
                    ))}
                  </MenuSection>
                  {presets.length > 0 && (
                    <MenuSection title={words("presetsTitle")}>
                      {presets.map((preset) => (
                        <MenuItem
                          key={preset.id}
                          id={preset.id}
                          textValue={preset.name}
                          icon={<PresetIcon icon={preset.icon} />}
                        >
                          {preset.name}
                        </MenuItem>
                      ))}
                    </MenuSection>
                  )}
                </Menu>
              </MenuTrigger>
            )}
            {setsAvailability && (
              <Button look="quiet" size="small" onPress={() => setForm("activity")}>
                <Clock aria-hidden="true" className="size-4 text-muted max-sm:hidden" />
                {t("activity")}
              </Button>
            )}
            {(hours.length > 0 || others.length > 0 || can("agents.delete")) && (
              <MenuTrigger>
                <Button look="quiet" size="small">
                  <Ellipsis aria-hidden="true" className="size-4 text-muted" />
                  <span className="max-sm:sr-only">{t("more")}</span>
                </Button>
                <Menu
                  aria-label={t("more")}
                  placement="top end"
                  onAction={(key) => {
                    if (key === "delete") setDeleting(true);
                    const chosenForm = [...hours, ...others].find(({ id }) => id === key);
                    if (chosenForm) setForm(chosenForm.id);
                  }}
                >
                  {hours.length > 0 && (
                    <MenuSection title={t("hours.title")}>
                      {hours.map((each) => (
                        <MenuItem key={each.id} id={each.id} icon={each.icon}>
                          {`${t(`forms.${each.id}`)}…`}
                        </MenuItem>
                      ))}
                    </MenuSection>
                  )}
                  {(others.length > 0 || can("agents.delete")) && (
                    <MenuSection title={t("hours.others")}>
                      {others.map((other) => (
                        <MenuItem key={other.id} id={other.id} icon={other.icon}>
                          {`${t(`forms.${other.id}`)}…`}
                        </MenuItem>
                      ))}
                      {can("agents.delete") && (
                        <MenuItem id="delete" icon={<Trash2 className={icon} />} danger>
                          {`${t("delete")}…`}
                        </MenuItem>
                      )}
                    </MenuSection>
                  )}
                </Menu>
              </MenuTrigger>
            )}
          </Toolbar>
        </div>
      )}
      <Suspense>
        {form && (
          <BulkForm
            name={form}
            chosen={chosen}
            onSubmit={(change) => begin(change, t(`forms.${form}`))}
            onClose={() => setForm(null)}
          />
        )}
        {isDeleting && (
          <ConfirmDialog
            title={t("deleteTitle", { count: deletable.size })}
            action={t("deleteAction", { count: deletable.size })}
            isOpen
            isReady={deletable.size > 0}
            onOpenChange={setDeleting}
            onConfirm={() => begin({ kind: "delete" }, t("delete"), deletable)}
          >
            <Affected chosen={deletable} />
            <p>{t("deleteHint")}</p>
            {deletable.size < count && <p>{t("deleteOwn")}</p>}
          </ConfirmDialog>
        )}
        {run && (hasUnfinished || isSlow) && (
          <BulkProgress
            title={run.title}
            results={run.results}
            isRunning={run.isRunning}
            names={names}
            onCancel={runner.cancel}
            onClose={runner.close}
            onRetry={retry}
            onUndo={
              !run.isUndo && run.results.some(({ undo: back }) => back)
                ? () => undo(run.title, run.results)
                : null
            }
          />
        )}
      </Suspense>
    </>
  );
}
