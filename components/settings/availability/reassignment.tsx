"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { NumberField } from "@/components/ui/number-field";
import { channels } from "@/lib/availability/effective/values";
import { type PolicyValues, policyLimits, withReassignment } from "./policy-values";

interface ReassignmentProps {
  values: PolicyValues;
  onChange: (values: PolicyValues) => void;
  isReadOnly: boolean;
}

/** Edits the minutes after which conversations of agents who left return to their queues, by channel. */
export function Reassignment({ values, onChange, isReadOnly }: ReassignmentProps) {
  const t = useTranslations("settings.policy");
  const help = useId();
  return (
    <fieldset aria-describedby={help} className="min-w-0 space-y-2">
      <legend className="font-medium text-sm">{t("reassign.label")}</legend>
      <p id={help} className="text-muted text-sm">
        {t("reassign.help")}
      </p>
      <div className="grid gap-5 sm:grid-cols-3">
        {channels.map((channel) => {
          const seconds = values.reassignOnLeave?.[channel];
          return (
            <NumberField
              key={channel}
              label={t(`channels.${channel}`)}
              unit={t("reassign.unit")}
              placeholder={t("reassign.never")}
              {...policyLimits.reassignMinutes}
              isReadOnly={isReadOnly}
              value={seconds === undefined ? null : seconds / 60}
              onChange={(minutes) =>
                onChange(
                  withReassignment(values, channel, minutes === null ? null : Math.round(minutes * 60)),
                )
              }
            />
          );
        })}
      </div>
    </fieldset>
  );
}
