"use client";

import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Option, Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import {
  type Activity,
  type Availability,
  type AvailabilityChange,
  availabilityChangeSchema,
} from "@/lib/availability/declared/contract";
import { activities } from "@/lib/availability/declared/values";
import { useDurationText } from "./duration-text";

/** Durations in minutes; 0 means "until I change it". */
const offered = [0, 15, 30, 45, 60, 90, 120, 240, 480];
const other = -1;

/** Edits activity, note and duration. The change always contains all three, so that no old value remains. */
export function ActivityForm({
  availability,
  onSubmit,
  action,
}: {
  availability: Pick<Availability, "activity" | "activityText">;
  onSubmit: (change: AvailabilityChange) => void;
  /** Label of the submit button; "Set" by default. */
  action?: string;
}) {
  const t = useTranslations("availability");
  const problems = useTranslations("errors");
  const duration = useDurationText();
  const [activity, setActivity] = useState<Activity>(availability.activity);
  const [words, setWords] = useState(availability.activityText ?? "");
  const [minutes, setMinutes] = useState(0);
  const [typed, setTyped] = useState("");
  const chosenMinutes = minutes === other ? Number(typed) : minutes;
  const isAvailable = activity === "available";
  const text = words.trim();

  const change: AvailabilityChange = {
    activity,
    ...(text === "" ? {} : { activityText: text }),
    ...(isAvailable || chosenMinutes === 0 ? {} : { activityTtl: chosenMinutes * 60 }),
  };
  const wrong = new Set(availabilityChangeSchema.safeParse(change).error?.issues.map(({ path }) => path[0]));
  const timeIsWrong = !isAvailable && minutes === other && (typed.trim() === "" || wrong.has("activityTtl"));

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
        <Select label={t("howLong")} value={String(minutes)} onChange={(key) => setMinutes(Number(key))}>
          {offered.map((each) => (
            <Option key={each} id={String(each)}>
              {each === 0 ? t("untilChanged") : duration(each * 60)}
            </Option>
          ))}
          <Option id={String(other)}>{t("otherTime")}</Option>
        </Select>
      )}
      {!isAvailable && minutes === other && (
        <TextField
          label={t("minutesLabel")}
          inputMode="numeric"
          value={typed}
          onChange={setTyped}
          error={
            typed.trim() !== "" && timeIsWrong ? problems("outOfRange", { min: 1, max: 1440 }) : undefined
          }
        />
      )}
      <Button type="submit" look="primary" isDisabled={wrong.size > 0 || timeIsWrong}>
        {action ?? t("set")}
      </Button>
    </form>
  );
}
