"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useNow } from "@/components/shell/time";
import { Button } from "@/components/ui/button";
import { NumberField } from "@/components/ui/number-field";
import { Option, Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import {
  type Activity,
  type Availability,
  type AvailabilityChange,
  availabilityChangeSchema,
} from "@/lib/availability/declared/contract";
import { activityNow } from "@/lib/availability/declared/rules";
import { activities } from "@/lib/availability/declared/values";
import { useDurationText } from "./duration-text";

/** Durations in minutes; 0 means no time limit. */
const offered = [0, 15, 30, 45, 60, 90, 120, 240, 480];
const other = -1;
/** The option that keeps the end of the current activity. */
const keep = -2;
/** Smallest and largest number of minutes that can be typed. */
const limits = { minValue: 1, maxValue: 1440 };

/**
 * Edits activity, note and duration. A change contains all three, so that no old value remains. When the end
 * is kept, it contains only the note, because setting the activity would clear the end.
 */
export function ActivityForm({
  availability,
  readAt = 0,
  onSubmit,
  action,
}: {
  availability: Pick<Availability, "activity" | "activityText" | "activityTtl">;
  /** When `availability` was fetched, in epoch milliseconds. Only needed for an activity with an end. */
  readAt?: number;
  onSubmit: (change: AvailabilityChange) => void;
  /** Label of the submit button; "Set" by default. */
  action?: string;
}) {
  const t = useTranslations("availability");
  const problems = useTranslations("errors");
  const duration = useDurationText();
  const now = useNow(availability.activityTtl === undefined ? {} : { updateInterval: 1000 });
  const current = activityNow(availability, readAt, now.getTime());
  const [activity, setActivity] = useState<Activity>(current.activity);
  const [words, setWords] = useState(current.text ?? "");
  const [chosen, setChosen] = useState(keep);
  const [typed, setTyped] = useState<number | null>(null);
  const secondsLeft = activity === current.activity ? current.secondsLeft : undefined;
  const minutes = chosen === keep && secondsLeft === undefined ? 0 : chosen;
  const isTyped = minutes === other;
  const chosenMinutes = isTyped ? (typed ?? Number.NaN) : minutes;
  const isAvailable = activity === "available";
  const text = words.trim();

  const change: AvailabilityChange =
    minutes === keep
      ? { activityText: text === "" ? null : text }
      : {
          activity,
          ...(text === "" ? {} : { activityText: text }),
          ...(isAvailable || minutes === 0 ? {} : { activityTtl: Math.round(chosenMinutes * 60) }),
        };
  const wrong = new Set(availabilityChangeSchema.safeParse(change).error?.issues.map(({ path }) => path[0]));
  const isWithin = chosenMinutes >= limits.minValue && chosenMinutes <= limits.maxValue;
  const timeIsWrong = !isAvailable && isTyped && (!isWithin || wrong.has("activityTtl"));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (wrong.size === 0 && !timeIsWrong) onSubmit(change);
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3 p-3">
      <Select
        autoFocus
        label={t("activityLabel")}
        value={activity}
        onChange={(key) => {
          const next = activities.find((each) => each === key);
          if (next) setActivity(next);
        }}
      >
        {activities.map((each) => (
          <Option key={each} id={each}>
            {t(`activity.${each}`)}
          </Option>
        ))}
      </Select>
      <TextField
        label={t("textLabel")}
        placeholder={t("textExample")}
        value={words}
        onChange={setWords}
        error={wrong.has("activityText") ? problems("tooLong", { max: 140 }) : undefined}
      />
      {!isAvailable && (
        <Select label={t("howLong")} value={String(minutes)} onChange={(key) => setChosen(Number(key))}>
          {secondsLeft !== undefined && (
            <Option id={String(keep)}>{t("keepEnd", { duration: duration(secondsLeft) })}</Option>
          )}
          {offered.map((each) => (
            <Option key={each} id={String(each)}>
              {each === 0 ? t("untilChanged") : duration(each * 60)}
            </Option>
          ))}
          <Option id={String(other)}>{t("otherTime")}</Option>
        </Select>
      )}
      {!isAvailable && isTyped && (
        <NumberField label={t("minutesLabel")} {...limits} value={typed} onChange={setTyped} />
      )}
      <Button type="submit" look="primary" isDisabled={wrong.size > 0 || timeIsWrong}>
        {action ?? t("set")}
      </Button>
    </form>
  );
}
