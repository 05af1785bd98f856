"use client";

import { useState } from "react";
import { Calendar } from "@/components/ui/calendar";
import { DatePicker } from "@/components/ui/date-picker";
import { TimeField } from "@/components/ui/time-field";
import type { TimeOfDay } from "@/components/ui/time-of-day";
import { Fields, Specimen } from "./specimen";

export function DateSpecimens() {
  const [time, setTime] = useState<TimeOfDay | null>({ hour: 17, minute: 30 });
  const [always, setAlways] = useState<TimeOfDay>({ hour: 8, minute: 15 });
  const [date, setDate] = useState<string | null>("2026-05-31");
  return (
    <>
      <Specimen name="times">
        <Fields>
          <TimeField label="To" value={time} onChange={setTime} help="Local time of the agent." />
          <TimeField label="Empty" value={null} onChange={() => {}} />
          <TimeField label="Never empty" value={always} onChange={(next) => next && setAlways(next)} />
          <TimeField label="24 hours" value={time} onChange={setTime} hourCycle={24} />
          <TimeField label="Invalid" value={time} onChange={setTime} error="Must be after the start." />
          <TimeField label="Disabled" value={time} onChange={setTime} isDisabled />
          <TimeField label="Read only" value={time} onChange={setTime} isReadOnly />
        </Fields>
      </Specimen>
      <Specimen name="dates">
        <Fields>
          <DatePicker label="From" value={date} onChange={setDate} help="The first day off." />
          <DatePicker label="Empty" value={null} onChange={() => {}} />
          <DatePicker label="Invalid" value={date} onChange={setDate} error="Must be in the future." />
          <DatePicker label="Disabled" value={date} onChange={setDate} isDisabled />
        </Fields>
      </Specimen>
      <Specimen name="calendar">
        <Calendar label="Day off" value={date} onChange={setDate} />
        <Calendar
          label="Within bounds"
          value="2026-05-12"
          onChange={() => {}}
          min="2026-05-05"
          max="2026-05-20"
          isDateUnavailable={(day) => day.day === 14}
        />
      </Specimen>
    </>
  );
}
