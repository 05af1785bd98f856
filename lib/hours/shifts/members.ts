import { epochDay, isoDate } from "@/lib/platform/time/calendar";

/** A membership in a rotation. Dates are `YYYY-MM-DD`, both included. */
export interface Member<Id extends string = string> {
  agentId: Id;
  offset: number;
  from: string;
  until: string | null;
}

/** A membership as it is sent. */
export interface MemberDraft<Id extends string = string> {
  agentId: Id;
  offset: number;
  from?: string | undefined;
  until?: string | undefined;
}

const dayBefore = (date: string) => isoDate(epochDay(date) - 1);
const dayAfter = (date: string) => isoDate(epochDay(date) + 1);
const later = (one: string, other: string) => (one > other ? one : other);

/**
 * Resolves a new list of members. Returns the new memberships, in the order of the list, and the past of the old ones
 * that the list doesn't continue. Without other dates, a new membership begins today, and an old one ends yesterday.
 */
export function replaceMembers<Id extends string>(
  old: readonly Member<Id>[],
  drafts: readonly MemberDraft<Id>[],
  { startDate, today }: { startDate: string; today: string },
): { wanted: Member<Id>[]; past: Member<Id>[] } {
  const wanted = drafts.map(({ agentId, offset, from, until = null as string | null }): Member<Id> => {
    const own = old.filter((member) => member.agentId === agentId);
    return { agentId, offset, from: firstDate({ offset, from, until }, own, { startDate, today }), until };
  });
  const past = old.flatMap((member) => {
    const own = wanted.filter(({ agentId }) => agentId === member.agentId);
    if (own.some(({ from, offset }) => from === member.from && offset === member.offset)) return [];
    if (member.from >= today) return [];
    const ended = member.until !== null && member.until < today ? member.until : dayBefore(today);
    return own.reduce<Member<Id>[]>(without, [{ ...member, until: ended }]);
  });
  return { wanted, past };
}

function firstDate(
  { offset, from, until }: { offset: number; from: string | undefined; until: string | null },
  own: readonly Member[],
  { startDate, today }: { startDate: string; today: string },
): string {
  const first = later(startDate, today);
  const alike = own.filter((member) => member.offset === offset);
  if (from === undefined) {
    if (alike.some((member) => member.from === startDate && member.until === until)) return startDate;
    const running = alike.find(
      (member) => member.from <= today && (member.until === null || member.until >= today),
    );
    return running?.from ?? first;
  }
  const asked = later(from, startDate);
  if (alike.some((member) => member.from === asked)) return asked;
  // The old first date with another offset is not a new date.
  return own.some((member) => member.from === asked) ? later(asked, first) : asked;
}

/** Removes the dates of another membership. */
function without<Id extends string>(
  members: readonly Member<Id>[],
  { from, until }: Member<Id>,
): Member<Id>[] {
  return members.flatMap((member) => {
    const end = until ?? member.until;
    const isApart = (member.until !== null && member.until < from) || (end !== null && end < member.from);
    if (isApart) return [member];
    return [
      ...(member.from < from ? [{ ...member, until: dayBefore(from) }] : []),
      ...(until !== null && (member.until === null || member.until > until)
        ? [{ ...member, from: dayAfter(until) }]
        : []),
    ];
  });
}
