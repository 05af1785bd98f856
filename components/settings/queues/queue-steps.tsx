"use client";

import { Plus, X } from "lucide-react";
import { type Control, Controller, useFieldArray, useFormState } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { secondsLimits, stepLimit } from "@/lib/routing/queues/values";
import { DurationField } from "./duration-field";
import { type ParsedQueueForm, type QueueFormValues, stepMessages } from "./queue-form";
import { TeamField } from "./team-field";

/** Adds, changes and removes the steps that widen the choice of agents. */
export function QueueSteps({ control }: { control: Control<QueueFormValues, unknown, ParsedQueueForm> }) {
  const t = useTranslations("settings.queues");
  const errorText = useFieldErrorText();
  const { fields, append, remove } = useFieldArray({ control, name: "steps" });
  const { errors } = useFormState({ control, name: "steps" });

  /** Returns twice the time of the last step, or one minute. */
  function add() {
    const last = fields.at(-1)?.afterSeconds ?? 30;
    append({ afterSeconds: Math.min(86_400, last * 2), teamIds: [], dropSkills: false });
  }

  const wordOf = (error: { message?: string } | undefined) =>
    error?.message?.startsWith(stepMessages.later)
      ? t("stepLater")
      : error?.message?.startsWith(stepMessages.empty)
        ? t("stepEmpty")
        : error && errorText({ type: "custom", ...error });

  return (
    <section aria-label={t("steps")} className="space-y-2">
      <div>
        <h3 className="font-medium text-sm">{t("steps")}</h3>
        <p className="text-muted text-sm">{t("stepsHelp")}</p>
      </div>
      <ol className="space-y-3">
        {fields.map((field, row) => {
          const wrong = errors.steps?.[row];
          const root = wrong?.root ?? (wrong?.message ? wrong : undefined);
          return (
            <li key={field.id} className="rounded-lg border border-line p-3">
              <fieldset className="min-w-0 space-y-3">
                <legend className="float-start font-medium text-sm">
                  {t("stepNumber", { number: row + 1 })}
                </legend>
                <div className="-mt-1 -me-1 flex justify-end">
                  <IconButton
                    label={t("removeStep", { number: row + 1 })}
                    size="small"
                    onPress={() => remove(row)}
                  >
                    <X aria-hidden="true" className="size-4" />
                  </IconButton>
                </div>
                <Controller
                  control={control}
                  name={`steps.${row}.afterSeconds`}
                  render={({ field: { value, onChange, onBlur }, fieldState }) => (
                    <DurationField
                      label={t("stepAfter")}
                      limits={secondsLimits.step}
                      value={value}
                      onChange={onChange}
                      onBlur={onBlur}
                      error={wordOf(fieldState.error)}
                    />
                  )}
                />
                <Controller
                  control={control}
                  name={`steps.${row}.teamIds`}
                  render={({ field: { value, onChange } }) => (
                    <TeamField label={t("stepTeams")} value={value} onChange={onChange} />
                  )}
                />
                <Controller
                  control={control}
                  name={`steps.${row}.dropSkills`}
                  render={({ field: { value, onChange } }) => (
                    <Checkbox isSelected={value} onChange={onChange}>
                      {t("stepDrop")}
                    </Checkbox>
                  )}
                />
                {root && (
                  <p role="alert" className="text-danger text-sm">
                    {wordOf(root)}
                  </p>
                )}
              </fieldset>
            </li>
          );
        })}
      </ol>
      {fields.length < stepLimit && (
        <Button size="small" onPress={add}>
          <Plus aria-hidden="true" className="size-3.5" />
          {t("addStep")}
        </Button>
      )}
    </section>
  );
}
