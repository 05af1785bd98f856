"use client";

import { type ReactNode, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { CoverageEffect } from "@/components/hours/coverage/coverage-effect";
import { previewDates } from "@/components/hours/coverage/preview-dates";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { notify } from "@/components/ui/toast";
import { bulkUndoTime } from "@/components/ui/undo-notes";
import { useApplyChanges, useUndoChanges } from "@/lib/agents/coverage/client/change-sets";
import { plannedChangeLimit } from "@/lib/agents/coverage/values";
import { RequestError } from "@/lib/platform/client/client";
import { isAcceptedDate } from "@/lib/platform/time/calendar";
import { Affected } from "../affected";
import { type Change, changesOf, type Plan, refusedAgent } from "./plan";

/** A form that changes hours, by its name in the catalog. */
export type HoursFormName = "dates" | "timeOff" | "rotation" | "weekly";

export interface HoursFormProps {
  /** Maps IDs to names. */
  chosen: ReadonlyMap<string, string>;
  onClose: () => void;
}

/** Shows the fields of a change and its effect, applies it, and offers to undo it. */
export function HoursDialog({
  name,
  chosen,
  plan,
  onTry,
  children,
  onClose,
}: HoursFormProps & {
  name: HoursFormName;
  /** Undefined while the fields are incomplete or wrong. */
  plan: Plan | undefined;
  /** Called before it is applied, to show what is wrong. */
  onTry: () => void;
  children: ReactNode;
}) {
  const t = useTranslations("agents.bulk");
  const ui = useTranslations("ui");
  const { workspace } = useWorkspace();
  const form = useId();
  const problemText = useProblemText();
  const apply = useApplyChanges(workspace.id);
  const undo = useUndoChanges(workspace.id);
  const [problem, setProblem] = useState<string>();
  const key = useRef({ text: "", id: "" });
  const title = t(`forms.${name}`);
  const agentIds = [...chosen.keys()];
  const count = agentIds.length * (plan?.changes.length ?? 1);
  const isTooMany = count > plannedChangeLimit;
  const changes = plan && !isTooMany ? changesOf(plan, agentIds) : undefined;
  // The weekly schedule is longer than the window.
  const isTall = name === "weekly";
  const dates = plan && previewDates(plan.from, plan.to);
  const isPart = dates !== undefined && (plan?.to === undefined || dates.to < plan.to);
  const effect = isTooMany ? (
    <p role="status" className="text-sm text-warning">
      {t("hours.tooMany", { count, max: plannedChangeLimit })}
    </p>
  ) : (
    <CoverageEffect
      draft={
        changes && dates && isAcceptedDate(dates.from) && isAcceptedDate(dates.to)
          ? { changes, ...dates }
          : null
      }
      until={isPart ? dates.to : undefined}
      isCompact={isTall}
    />
  );

  function say(error: unknown, sent: readonly Change[]): string {
    if (!(error instanceof RequestError)) return problemText(error);
    if (error.code === "AgentNotFound") return t("hours.agentGone");
    const id = refusedAgent(error.details, sent);
    const who = id === undefined ? undefined : chosen.get(id);
    const text = error.status === 422 ? t("hours.refused") : problemText(error);
    return who ? t("hours.failedFor", { name: who, problem: text }) : text;
  }

  function sayNotUndone(error: unknown): string {
    const code = error instanceof RequestError ? error.code : undefined;
    if (code === "ChangeSetOverwritten") return t("hours.overwritten");
    return code === "ChangeSetUndone" ? t("hours.alreadyUndone") : problemText(error);
  }

  async function takeBack(changeSetId: string) {
    try {
      await undo.mutateAsync(changeSetId);
      notify({ kind: "success", title: t("undone", { title }) });
    } catch (error) {
      notify({ kind: "error", title: t("hours.notUndone", { title }), detail: sayNotUndone(error) });
    }
  }

  async function send() {
    onTry();
    if (!changes || apply.isPending) return;
    setProblem(undefined);
    const text = JSON.stringify(changes);
    // The same changes keep their key, so that sending them again after a lost response is safe.
    if (key.current.text !== text) key.current = { text, id: crypto.randomUUID() };
    try {
      const { id } = await apply.mutateAsync({ body: { changes }, key: key.current.id });
      onClose();
      notify({
        kind: "success",
        title,
        detail: t("changed", { count: agentIds.length }),
        action: { label: ui("undo"), run: () => void takeBack(id), atLeast: bulkUndoTime },
      });
    } catch (error) {
      setProblem(say(error, changes));
    }
  }

  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width={isTall ? "large" : "medium"}
      footer={
        <>
          {problem && (
            <div className="w-full pb-1">
              <Callout look="danger" role="alert">
                {problem}
              </Callout>
            </div>
          )}
          {isTall && <div className="w-full pb-1">{effect}</div>}
          <Button onPress={onClose}>{ui("cancel")}</Button>
          <Button look="primary" type="submit" form={form} isDisabled={isTooMany} isPending={apply.isPending}>
            {t("apply", { count: agentIds.length })}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="@container flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Affected chosen={chosen} />
        {children}
        {!isTall && <div className="rounded-lg border border-line p-3">{effect}</div>}
      </form>
    </Dialog>
  );
}
