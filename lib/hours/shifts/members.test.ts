import { describe, expect, it } from "vitest";
import { type Member, type MemberDraft, replaceMembers } from "./members";

const dates = { startDate: "2026-01-05", today: "2026-06-10" };
const member = (agentId: string, more: Partial<Member> = {}): Member => ({
  agentId,
  offset: 0,
  from: dates.startDate,
  until: null,
  ...more,
});
const listed = (old: Member[], drafts: MemberDraft[]) => {
  const { wanted, past } = replaceMembers(old, drafts, dates);
  return [...wanted, ...past];
};
const draft = (agentId: string, more: Partial<MemberDraft> = {}): MemberDraft => ({
  agentId,
  offset: 0,
  ...more,
});

describe("a new list of members", () => {
  it("without an old member ends the membership yesterday", () => {
    expect(listed([member("a"), member("b")], [draft("b")])).toEqual([
      member("b"),
      member("a", { until: "2026-06-09" }),
    ]);
  });

  it("with a new member starts the membership today, or on the date given", () => {
    expect(
      listed([], [draft("a"), draft("b", { from: "2026-02-01" }), draft("c", { from: "2025-01-01" })]),
    ).toEqual([member("a", { from: dates.today }), member("b", { from: "2026-02-01" }), member("c")]);
  });

  it("with another offset keeps the weeks of the past", () => {
    const old = [member("a"), member("b", { from: "2026-03-02" })];
    expect(listed(old, [draft("a", { offset: 1 }), draft("b", { offset: 2, from: "2026-03-02" })])).toEqual([
      member("a", { offset: 1, from: dates.today }),
      member("b", { offset: 2, from: dates.today }),
      member("a", { until: "2026-06-09" }),
      member("b", { from: "2026-03-02", until: "2026-06-09" }),
    ]);
  });

  it("as it was read changes nothing", () => {
    const old = [
      member("a", { until: "2026-02-01" }),
      member("a", { offset: 1, from: "2026-02-02", until: "2026-06-09" }),
      member("a", { from: "2026-06-10" }),
      member("b", { from: "2026-09-01", until: "2026-09-30" }),
    ];
    const echo = old.map(({ from, until, ...rest }) => ({
      ...rest,
      ...(from > dates.startDate ? { from } : {}),
      ...(until === null ? {} : { until }),
    }));
    expect(listed(old, echo)).toEqual(old);
    // Past memberships stay even if they are left out.
    expect(listed(old, echo.slice(2))).toEqual([...old.slice(2), ...old.slice(0, 2)]);
  });

  it("continues a membership without its dates, or until another date", () => {
    const old = [member("a", { from: "2026-03-02", until: "2026-12-31" })];
    expect(listed(old, [draft("a")])).toEqual([member("a", { from: "2026-03-02" })]);
    expect(listed(old, [draft("a", { until: "2026-07-01" })])).toEqual([
      member("a", { from: "2026-03-02", until: "2026-07-01" }),
    ]);
  });

  it("replaces the past on dates that it gives", () => {
    expect(
      listed([member("a")], [draft("a", { offset: 1, from: "2026-03-02", until: "2026-03-08" })]),
    ).toEqual([
      member("a", { offset: 1, from: "2026-03-02", until: "2026-03-08" }),
      member("a", { until: "2026-03-01" }),
      member("a", { from: "2026-03-09", until: "2026-06-09" }),
    ]);
    expect(listed([member("a")], [draft("a", { until: "2026-03-08" })])).toEqual([
      member("a", { until: "2026-03-08" }),
    ]);
  });

  it("drops memberships that have not begun", () => {
    expect(listed([member("a", { from: "2026-07-01" }), member("b", { from: dates.today })], [])).toEqual([]);
  });
});
