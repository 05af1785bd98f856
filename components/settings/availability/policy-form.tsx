"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useNotes } from "@/components/settings/kit/notes";
import { LeaveDialog } from "@/components/shell/leave-dialog";
import { SaveBar } from "@/components/shell/save-bar";
import { useLeaveGuard } from "@/components/shell/use-leave-guard";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Callout } from "@/components/ui/callout";
import { focusInvalid } from "@/components/ui/focus-invalid";
import { NumberField } from "@/components/ui/number-field";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Switch } from "@/components/ui/switch";
import { useSaveKey } from "@/components/ui/use-save-key";
import { useChangePolicy } from "@/lib/availability/effective/client/queries";
import type { AvailabilityPolicyAnswer } from "@/lib/availability/effective/contract";
import { presenceModes } from "@/lib/availability/effective/values";
import { isConflict } from "@/lib/platform/client/guarded-change";
import { ExceptionGrid } from "./exception-grid";
import { PolicyPreview } from "./policy-preview";
import {
  changedFields,
  changeOf,
  isWithinLimits,
  mergeValues,
  type PolicyValues,
  policyLimits,
  valuesOf,
} from "./policy-values";
import { Reassignment } from "./reassignment";

/** Edits the policy. People who may only read it see the same fields, read-only. */
export function PolicyForm({ policy }: { policy: AvailabilityPolicyAnswer }) {
  const t = useTranslations("settings.policy");
  const shell = useTranslations("shell.settings");
  const notes = useNotes();
  const { workspace, can } = useWorkspace();
  const { mutateAsync, isPending: isSaving } = useChangePolicy(workspace.id);
  const canWrite = can("settings.write");
  const [base, setBase] = useState(policy);
  const [values, setValues] = useState(() => valuesOf(policy));
  const [isInConflict, setInConflict] = useState(false);
  const change = (part: Partial<PolicyValues>) => setValues((before) => ({ ...before, ...part }));
  const changed = changedFields(valuesOf(base), values);
  const names = changed.map((field) => t(`fields.${field}`));
  const isAllowed = isWithinLimits(values);
  const form = useRef<HTMLDivElement>(null);
  const leaving = useLeaveGuard(changed.length > 0);

  // Others' changes to unedited fields appear immediately. Changes to edited fields are a conflict on saving.
  const latest = useRef({ base, values });
  latest.current = { base, values };
  useEffect(() => {
    const { base: start, values: mine } = latest.current;
    const merged = mergeValues(valuesOf(start), mine, valuesOf(policy));
    if (!merged) return;
    setBase(policy);
    setValues(merged);
  }, [policy]);

  function show(saved: AvailabilityPolicyAnswer) {
    setBase(saved);
    setValues(valuesOf(saved));
    setInConflict(false);
  }

  async function save() {
    if (changed.length === 0 || isSaving) return;
    if (focusInvalid(form.current)) return;
    const before = valuesOf(base);
    try {
      // After a conflict was shown, saving again overwrites the other change.
      const saved = await mutateAsync({
        change: changeOf(changed, values),
        base: isInConflict ? undefined : base,
      });
      show(saved);
      notes.saved(shell("availability"), async () =>
        show(
          await mutateAsync({
            change: changeOf(changed, before),
            base: saved,
          }),
        ),
      );
    } catch (error) {
      if (isConflict(error)) setInConflict(true);
      else notes.failed(error);
    }
  }

  useSaveKey(save);

  const presenceCounts = values.presence !== "off";
  return (
    <div ref={form} className="flex min-h-full flex-col">
      <div className="max-w-3xl space-y-8 px-4 pb-24 sm:px-6">
        {!canWrite && <Callout>{t("readOnly")}</Callout>}
        {isInConflict && (
          <Callout look="warning" role="alert">
            {t("conflict")}
          </Callout>
        )}
        <RadioGroup
          label={t("presence.label")}
          help={t("presence.help")}
          isReadOnly={!canWrite}
          value={values.presence}
          onChange={(chosen) => {
            const presence = presenceModes.find((mode) => mode === chosen);
            if (presence) change({ presence });
          }}
        >
          {presenceModes.map((mode) => (
            <Radio key={mode} value={mode} help={t(`presence.${mode}Help`)}>
              {t(`presence.${mode}`)}
            </Radio>
          ))}
        </RadioGroup>
        <div className="grid gap-5 sm:grid-cols-2">
          <NumberField
            label={t("idle.label")}
            help={t(presenceCounts ? "idle.help" : "idle.offHelp")}
            unit={t("idle.unit")}
            placeholder={t("idle.never")}
            {...policyLimits.idleAfterMinutes}
            isReadOnly={!canWrite}
            value={values.idleAfterMinutes}
            onChange={(idleAfterMinutes) => change({ idleAfterMinutes })}
          />
          <NumberField
            label={t("missed.label")}
            help={t("missed.help")}
            unit={t("missed.unit")}
            placeholder={t("missed.never")}
            {...policyLimits.missedOffers}
            isReadOnly={!canWrite}
            value={values.missedOffers}
            onChange={(missedOffers) => change({ missedOffers })}
          />
        </div>
        <Part help={t("hours.help")}>
          <Switch
            isReadOnly={!canWrite}
            isSelected={values.enforceHours}
            onChange={(enforceHours) => change({ enforceHours })}
          >
            {t("hours.label")}
          </Switch>
        </Part>
        <Reassignment values={values} onChange={setValues} isReadOnly={!canWrite} />
        <ExceptionGrid values={values} onChange={setValues} isReadOnly={!canWrite} />
      </div>
      {changed.length > 0 && (
        <SaveBar
          changed={names}
          isSaving={isSaving}
          onSave={() => void save()}
          onDiscard={() => show(policy)}
        >
          {isAllowed && <PolicyPreview change={changeOf(changed, values)} />}
        </SaveBar>
      )}
      {leaving && <LeaveDialog changed={names} onLeave={leaving.leave} onStay={leaving.stay} />}
    </div>
  );
}

function Part({ help, children }: { help: string; children: ReactNode }) {
  return (
    <div className="space-y-1">
      {children}
      <p className="text-muted text-sm">{help}</p>
    </div>
  );
}
