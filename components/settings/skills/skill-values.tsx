"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useRef } from "react";
import { type Control, useFieldArray, useFormState, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { FormTextField, useFieldErrorText } from "@/components/settings/kit/form-text-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { IconButton } from "@/components/ui/icon-button";
import type { Skill, SkillUsage } from "@/lib/workforce/skills/contract";
import type { ParsedSkillForm, SkillFormValues } from "./skill-form";

/** Maximum of the API. */
const maxValues = 100;

/** Adds, renames, moves and removes the values of a skill, and shows how many agents a removal affects. */
export function SkillValues({
  control,
  before,
  usage,
}: {
  control: Control<SkillFormValues, unknown, ParsedSkillForm>;
  /** The saved values. */
  before: Skill["values"];
  usage: SkillUsage | undefined;
}) {
  const t = useTranslations("settings.skills");
  const errorText = useFieldErrorText();
  const { fields, append, remove, move } = useFieldArray({ control, name: "values" });
  const { errors } = useFormState({ control, name: "values" });
  const watched = useWatch({ control, name: "values" });
  const list = useRef<HTMLUListElement>(null);

  const kept = new Set(fields.map(({ valueId }) => valueId));
  const agentsWith = (valueId: string | undefined) =>
    usage?.values.find(({ id }) => id === valueId)?.agents ?? 0;
  const lost = before
    .filter(({ id }) => !kept.has(id))
    .map(({ id, value }) => ({ value, agents: agentsWith(id) }))
    .filter(({ agents }) => agents > 0);

  /** Focuses a control of the row that is now at this index, so that keyboard users can continue. */
  function focus(row: number, control: "up" | "down" | "remove") {
    requestAnimationFrame(() => {
      const buttons = list.current?.children[row]?.querySelectorAll<HTMLButtonElement>("button");
      const order = { up: 0, down: 1, remove: 2 } as const;
      const wanted = buttons?.[order[control]];
      (wanted?.disabled ? buttons?.[order.remove] : wanted)?.focus();
    });
  }

  return (
    <section aria-label={t("values")} className="space-y-2">
      <div>
        <h3 className="font-medium text-sm">{t("values")}</h3>
        <p className="text-muted text-sm">{t("valuesHelp")}</p>
      </div>
      <ul ref={list} className="space-y-1.5">
        {fields.map((field, row) => {
          const name = watched[row]?.value?.trim() || t("valueNumber", { number: row + 1 });
          const agents = agentsWith(field.valueId);
          return (
            <li key={field.id} className="flex items-start gap-1.5">
              <FormTextField
                control={control}
                name={`values.${row}.icon`}
                label={t("iconOf", { name })}
                hideLabel
                placeholder="🏷"
                className="w-12 shrink-0"
              />
              <FormTextField
                control={control}
                name={`values.${row}.value`}
                label={t("valueNumber", { number: row + 1 })}
                hideLabel
                className="min-w-0 flex-1"
                suffix={
                  // On phones, it would leave too little space for the name.
                  agents > 0 ? <span className="max-sm:hidden">{t("heldBy", { agents })}</span> : undefined
                }
                // A new row receives the focus for typing.
                autoFocus={field.valueId === undefined && field.value === ""}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" || event.nativeEvent.isComposing)
                    return event.continuePropagation();
                  event.preventDefault();
                  if (fields.length < maxValues) append({ value: "", icon: "" }, { shouldFocus: false });
                }}
              />
              <span className="flex">
                <IconButton
                  label={t("moveUp", { name })}
                  isDisabled={row === 0}
                  onPress={() => {
                    move(row, row - 1);
                    focus(row - 1, "up");
                  }}
                >
                  <ArrowUp aria-hidden="true" className="size-4" />
                </IconButton>
                <IconButton
                  label={t("moveDown", { name })}
                  isDisabled={row === fields.length - 1}
                  onPress={() => {
                    move(row, row + 1);
                    focus(row + 1, "down");
                  }}
                >
                  <ArrowDown aria-hidden="true" className="size-4" />
                </IconButton>
                <IconButton
                  label={t("removeValue", { name })}
                  onPress={() => {
                    remove(row);
                    focus(Math.min(row, fields.length - 2), "remove");
                  }}
                >
                  <X aria-hidden="true" className="size-4" />
                </IconButton>
              </span>
            </li>
          );
        })}
      </ul>
      {fields.length < maxValues && (
        <Button size="small" onPress={() => append({ value: "", icon: "" }, { shouldFocus: false })}>
          <Plus aria-hidden="true" className="size-3.5" />
          {t("addValue")}
        </Button>
      )}
      {errors.values?.root && <p className="text-danger text-sm">{errorText(errors.values.root)}</p>}
      {lost.length > 0 && (
        <Callout look="warning" role="status">
          <ul className="space-y-0.5">
            {lost.map(({ value, agents }) => (
              <li key={value}>{t("valueLost", { value, agents })}</li>
            ))}
          </ul>
        </Callout>
      )}
    </section>
  );
}
