"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { DatePicker } from "@/components/ui/date-picker";
import { Option, Select } from "@/components/ui/select";
import { allRotationsQuery } from "@/lib/hours/shifts/client/collections";
import { useTomorrow } from "./date-fields";
import { HoursDialog, type HoursFormProps } from "./hours-dialog";
import { offsetFor, type Plan, weeksOn } from "./plan";

const noRotation = "none";

/** Assigns a rotation, or ends the current one. */
export function RotationForm(props: HoursFormProps) {
  const t = useTranslations("agents.bulk.hours");
  const ask = useTranslations("calendar.timeOff.ask");
  const errors = useTranslations("errors");
  const { workspace } = useWorkspace();
  const rotations = useQuery(allRotationsQuery(workspace.id)).data ?? [];
  const tomorrow = useTomorrow();
  const [from, setFrom] = useState<string | null>(tomorrow);
  const [chosen, setChosen] = useState<string | null>(null);
  const [firstWeek, setFirstWeek] = useState(0);
  const [isTried, setTried] = useState(false);
  const rotation = rotations.find(({ id }) => id === chosen);
  const weeks = rotation && from ? weeksOn(rotation, from).length : 1;
  const week = Math.min(firstWeek, weeks - 1);
  const plan: Plan | undefined =
    from && (rotation || chosen === noRotation)
      ? {
          changes: [
            {
              type: "rotation",
              rotationId: rotation?.id ?? null,
              ...(rotation ? { offset: offsetFor(rotation, from, week) } : {}),
              from,
            },
          ],
          from,
        }
      : undefined;
  return (
    <HoursDialog {...props} name="rotation" plan={plan} onTry={() => setTried(true)}>
      <Select
        autoFocus
        label={t("rotation")}
        placeholder={t("chooseRotation")}
        value={chosen}
        onChange={(key) => setChosen(String(key))}
        error={isTried && chosen === null ? errors("required") : undefined}
      >
        {[
          ...rotations.map(({ id, name }) => (
            <Option key={id} id={id}>
              {name}
            </Option>
          )),
          <Option key={noRotation} id={noRotation}>
            {t("noRotation")}
          </Option>,
        ]}
      </Select>
      <div className="grid grid-cols-2 gap-3">
        <DatePicker
          label={t("from")}
          value={from}
          onChange={setFrom}
          error={isTried && from === null ? ask("needsDate") : undefined}
        />
        {weeks > 1 && (
          <Select label={t("firstWeek")} value={week} onChange={(key) => setFirstWeek(Number(key))}>
            {Array.from({ length: weeks }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name.
              <Option key={index} id={index} textValue={t("week", { number: index + 1 })}>
                {t("week", { number: index + 1 })}
              </Option>
            ))}
          </Select>
        )}
      </div>
      <p className="text-muted text-sm">{t(chosen === noRotation ? "noRotationHelp" : "rotationHelp")}</p>
    </HoursDialog>
  );
}
