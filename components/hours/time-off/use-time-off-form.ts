import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Face } from "@/components/settings/kit/agent-search";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { useDebounced } from "@/components/ui/use-debounced";
import { agentShiftsQuery } from "@/lib/hours/shifts/client/queries";
import { allTimeOffTypesQuery } from "@/lib/hours/time-off/client/time-off-types";
import { RequestError } from "@/lib/platform/client/client";
import { isTooLong } from "@/lib/platform/text/length";
import { isAcceptedDate } from "@/lib/platform/time/calendar";
import type { WallTime } from "@/lib/platform/time/format";
import { type DayPart, endsLater, halfOf, minutesOn, type OffTime } from "./days";

/** Maximum number of characters. */
export const timeOffLimits = { note: 2000, publicNote: 140 };

/** What the form starts with. */
export interface TimeOffStart extends OffTime {
  typeId?: string | undefined;
  delegate: Face | undefined;
  note: string;
  publicNote: string;
}

/** The form's input, if it is complete and valid. Empty notes are "". */
export interface TimeOffInput extends TimeOffStart {
  typeId: string;
}

export type TimeOffForm = ReturnType<typeof useTimeOffForm>;

/**
 * The state of the fields of `TimeOffFields`. Without `start`, it is new time off for the date `suggested`, which
 * may change while it loads. `isApproved`: the agent's shifts have it cut out already.
 */
export function useTimeOffForm(
  agentId: string | undefined,
  {
    suggested,
    start,
    isApproved = false,
  }: { suggested?: string; start?: TimeOffStart; isApproved?: boolean },
) {
  const t = useTranslations("calendar.timeOff.ask");
  const problemText = useProblemText();
  const { workspace } = useWorkspace();
  const types = useQuery(allTimeOffTypesQuery(workspace.id));
  const [unfinished, setUnfinished] = useState<ReadonlySet<"startTime" | "endTime">>(new Set());

  /** Undefined: the suggested date. Null: incomplete input. */
  const [startDate, setStartDate] = useState<string | null | undefined>(start?.startDate);
  const [endDate, setEndDate] = useState<string | null | undefined>(start?.endDate);
  const [before, setBefore] = useState<string | null>(null);
  const first = startDate === undefined ? (suggested ?? null) : startDate;
  const last = endDate === undefined ? first : endDate;
  const hadTimes = start?.startTime !== undefined || start?.endTime !== undefined;
  const [part, setPart] = useState<DayPart>(hadTimes ? "times" : "all");
  const [startTime, setStartTime] = useState<WallTime | null>(
    hadTimes ? (start.startTime ?? null) : { hour: 9, minute: 0 },
  );
  const [endTime, setEndTime] = useState<WallTime | null>(
    hadTimes ? (start.endTime ?? null) : { hour: 12, minute: 0 },
  );
  const [typeId, setTypeId] = useState(start?.typeId);
  const type = types.data?.find(({ id }) => id === typeId) ?? types.data?.[0];
  const [delegate, setDelegate] = useState(start?.delegate);
  const [note, setNote] = useState(start?.note ?? "");
  const [publicNote, setPublicNote] = useState(start?.publicNote ?? "");
  /** Whether the delegate and the notes are shown. */
  const [isDetailed, setDetailed] = useState(Boolean(start?.delegate || start?.note || start?.publicNote));
  const [isSent, setSent] = useState(false);
  /** How many times sending failed because of a field. */
  const [failures, setFailures] = useState(0);
  const [problem, setProblem] = useState<{ field?: "delegate"; text: string }>();

  const isOneDay = first !== null && first === last;
  // Approved time off is cut out of the shifts, so their halves are unknown.
  const hasHalves = isOneDay && !isApproved;
  const shownPart = hasHalves || part === "times" ? part : "all";
  const onDay = useQuery({
    ...agentShiftsQuery(workspace.id, agentId ?? "", { from: first ?? "", to: first ?? "" }),
    enabled: agentId !== undefined && hasHalves && isAcceptedDate(first),
  });
  // Time off may begin or end with a date, such as the second half of a day without shifts. It may stay so.
  const mayLack = (time: "startTime" | "endTime") =>
    hadTimes && start[time] === undefined && !unfinished.has(time);
  const needsStartTime = shownPart === "times" && !startTime && !mayLack("startTime");
  const needsEndTime = shownPart === "times" && !endTime && !mayLack("endTime");

  function timeOf(): OffTime | undefined {
    if (!isAcceptedDate(first) || !isAcceptedDate(last)) return undefined;
    const dates = { startDate: first, endDate: last };
    switch (shownPart) {
      case "all":
        return dates;
      case "times":
        return needsStartTime || needsEndTime
          ? undefined
          : { ...dates, startTime: startTime ?? undefined, endTime: endTime ?? undefined };
      default:
        // Half a day depends on the shifts, so it is unknown until they have loaded.
        return onDay.data && !onDay.isPlaceholderData
          ? halfOf(first, shownPart, minutesOn(first, onDay.data.results, onDay.data.timezone))
          : undefined;
    }
  }
  const time = timeOf();
  const isOrdered = time !== undefined && endsLater(time);
  const asked = JSON.stringify(isOrdered ? time : null);
  const stable = useDebounced(asked);
  const shown = (error: string | undefined) => (isSent ? error : undefined);
  const endsBefore = time && !isOrdered ? t("endsBefore") : undefined;

  const hasLongNote = isTooLong(note, timeOffLimits.note) || isTooLong(publicNote, timeOffLimits.publicNote);

  return {
    first,
    last,
    setFirst(date: string | null) {
      setStartDate(date);
      // The date is null while it is typed.
      if (date === null) return setBefore(first);
      // Moves the end if it would be before the start, or if the range was a single day.
      if (last === null || last < date || last === (first ?? before)) setEndDate(date);
    },
    setLast: setEndDate,
    isOneDay,
    /** Whether the effect on coverage is known. That of approved time off is in the numbers already. */
    hasCost: !isApproved,
    /** Whether half a day can be chosen. */
    hasHalves,
    part: shownPart,
    setPart,
    startTime,
    setStartTime,
    endTime,
    setEndTime,
    /** Notes whether one of the times is incomplete, but not empty. */
    setUnfinished(time: "startTime" | "endTime", isUnfinished: boolean) {
      setUnfinished((times) => new Set([...times, time].filter((each) => isUnfinished || each !== time)));
    },
    types: types.data ?? [],
    type,
    setTypeId,
    delegate,
    setDelegate,
    note,
    setNote,
    publicNote,
    setPublicNote,
    isDetailed,
    setDetailed,
    failures,
    /** Undefined while the input is incomplete. */
    time,
    /** The time whose cost is shown. It follows the input with a delay. */
    previewed: JSON.parse(stable) as OffTime | null,
    isOutdated: asked !== stable,
    errors: {
      needsAgent: shown(agentId === undefined ? t("needsAgent") : undefined),
      from: shown(isAcceptedDate(first) ? undefined : t("needsDate")),
      to: shown(!isAcceptedDate(last) ? t("needsDate") : shownPart === "times" ? undefined : endsBefore),
      startTime: shown(needsStartTime ? t("needsTime") : undefined),
      endTime: shown(needsEndTime ? t("needsTime") : shownPart === "times" ? endsBefore : undefined),
    },
    /** The refusal of the last request. */
    problem,
    /** Shows what is missing, or calls `write` with the input and shows its error. Returns its result. */
    async send<Result>(write: (input: TimeOffInput) => Promise<Result>): Promise<Result | undefined> {
      setSent(true);
      setProblem(undefined);
      if (hasLongNote) {
        setDetailed(true);
        setFailures((count) => count + 1);
        return undefined;
      }
      if (!time || !isOrdered || !agentId || !type) {
        // The only cause that no field shows.
        const failure = types.error ?? (hasHalves && shownPart !== "all" ? onDay.error : null);
        if (failure) setProblem({ text: problemText(failure) });
        else setFailures((count) => count + 1);
        return undefined;
      }
      try {
        return await write({
          ...time,
          typeId: type.id,
          delegate,
          note: note.trim(),
          publicNote: publicNote.trim(),
        });
      } catch (error) {
        const code = error instanceof RequestError ? error.code : undefined;
        if (code === "DelegateLoop") {
          setProblem({ field: "delegate", text: t("loop") });
          setDetailed(true);
        } else setProblem({ text: code === "TimeOffOverlaps" ? t("overlaps") : problemText(error) });
        return undefined;
      }
    },
  };
}
