import { describe, expect, it } from "vitest";
import { compileCalendar } from "@/lib/hours/calendar/compile";
import { type SimpleHours, simpleCalendar } from "@/lib/hours/calendar/simple";
import type { AvailabilityPolicy } from "./deciders";
import { type AvailabilityFacts, nothingRecorded } from "./facts";
import { compareCandidates, effectiveAvailability, firstCode, type RankedAgent, tally } from "./rules";
import { codes, deciderCodes, deciderNames, defaultPolicy, remedyOf } from "./values";

const at = Date.parse("2026-06-10T12:00:00Z"); // a Wednesday
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const iso = (time: number | undefined) => time && new Date(time).toISOString();

const always: SimpleHours = { timezone: "Europe/Berlin", weeklySchedule: null, holidays: [] };

const ready: AvailabilityFacts = {
  ...nothingRecorded,
  type: "user",
  membership: { status: "active" },
  declared: {
    status: "active",
    activity: "available",
    activityExpiresAt: null,
    activityText: null,
    lastStatusSet: at - 3 * HOUR,
    lastActivitySet: at - 2 * HOUR,
  },
  hours: compileCalendar(simpleCalendar(always)),
  forwardsCalls: false,
  open: { messaging: 0, email: 0, voice: 0 },
  capacityRule: null,
  wrapUpTime: 0,
};

const nineToFive = Object.fromEntries(
  ["monday", "tuesday", "wednesday", "thursday", "friday"].map((day) => [day, { from: 540, to: 1020 }]),
);

type Given = Partial<Omit<AvailabilityFacts, "hours"> & { hours: SimpleHours }>;

function ask({ hours = always, ...facts }: Given, policy: Partial<AvailabilityPolicy> = {}, when = at) {
  const calendar = compileCalendar(simpleCalendar(hours));
  return effectiveAvailability(
    { ...ready, ...facts, hours: calendar },
    { ...defaultPolicy, ...policy },
    when,
  );
}

/** The codes per channel. */
function closed(...question: Parameters<typeof ask>) {
  const { messaging, email, voice } = ask(...question).channels;
  return [messaging.closedBy.join(), email.closedBy.join(), voice.closedBy.join()];
}

const all = (code: string) => [code, code, code];

it("opens all channels to an agent without any reason against it, for good", () => {
  expect(ask({})).toEqual({
    channels: {
      messaging: { open: true, room: undefined, closedBy: [], nextChangeAt: undefined },
      email: { open: true, room: undefined, closedBy: [], nextChangeAt: undefined },
      voice: { open: true, room: 1, closedBy: [], nextChangeAt: undefined },
    },
    deciders: [],
  });
});

describe("each decider", () => {
  it("membership: closes for people who have not joined or are suspended", () => {
    expect(closed({ membership: { status: "invited" } })).toEqual(all("invited"));
    expect(closed({ membership: { status: "suspended" } })).toEqual(all("suspended"));
  });

  it.each(["away", "offline"] as const)("status: %s closes all channels since it was set", (status) => {
    const { channels, deciders } = ask({ declared: { ...ready.declared, status } });
    expect(channels.email).toMatchObject({ open: false, closedBy: [status], nextChangeAt: undefined });
    expect(deciders).toMatchObject([
      { decider: "status", code: status, since: at - 3 * HOUR, until: undefined, remedy: "agent" },
    ]);
  });

  it("activity: closes until it expires, with its text", () => {
    const declared = {
      ...ready.declared,
      activity: "onBreak" as const,
      activityExpiresAt: at + HOUR,
      activityText: "Lunch",
    };
    const { channels, deciders } = ask({ declared });
    expect(channels.voice).toEqual({
      open: false,
      room: 1,
      closedBy: ["onBreak"],
      nextChangeAt: at + HOUR,
    });
    expect(deciders).toEqual([
      {
        decider: "activity",
        code: "onBreak",
        channels: ["messaging", "email", "voice"],
        since: at - 2 * HOUR,
        until: at + HOUR,
        remedy: "agent",
        details: { text: "Lunch" },
      },
    ]);
    expect(ask({ declared }, {}, at + HOUR).deciders).toEqual([]);
    expect(ask({ declared }, {}, at + HOUR - 1).deciders).toHaveLength(1);
  });

  it("timeOff: closes from its start until the end of what follows without a gap", () => {
    const timeOff = [
      { id: "a", start: at - HOUR, end: at, reason: "Dentist" },
      { id: "b", start: at, end: at + HOUR },
    ];
    expect(ask({ timeOff }).deciders).toMatchObject([
      { code: "timeOff", since: at - HOUR, until: at + HOUR, remedy: "time", details: { id: "b" } },
    ]);
    expect(ask({ timeOff }, {}, at - 1).deciders[0]?.details).toEqual({ id: "a", reason: "Dentist" });
    expect(ask({ timeOff }, {}, at - 2 * HOUR).channels.email.nextChangeAt).toBe(at - HOUR);
  });

  it("hours: closes from the end of one shift to the start of the next", () => {
    const hours = { ...always, weeklySchedule: nineToFive };
    expect(ask({ hours }).channels.email.nextChangeAt).toBe(Date.parse("2026-06-10T15:00:00Z"));
    const evening = ask({ hours }, {}, Date.parse("2026-06-12T20:00:00Z"));
    expect(evening.channels.email.closedBy).toEqual(["outOfHours"]);
    const [decider] = evening.deciders;
    expect([iso(decider?.since), iso(decider?.until), decider?.details]).toEqual([
      "2026-06-12T15:00:00.000Z",
      "2026-06-15T07:00:00.000Z",
      undefined,
    ]);
    expect(closed({ hours }, { enforceHours: false }, Date.parse("2026-06-12T20:00:00Z"))).toEqual(all(""));
  });

  it("presence: closes voice only if calls aren't forwarded, and email only if the policy says so", () => {
    const presence = { sessions: [], lastEndedAt: at - HOUR, lastSeenAt: at - HOUR - MINUTE };
    expect(closed({ presence })).toEqual(all(""));
    expect(closed({ presence }, { presence: "gate" })).toEqual(["absent", "", "absent"]);
    expect(closed({ presence }, { presence: "sync", allow: {} })).toEqual(all("absent"));
    expect(closed({ presence, forwardsCalls: true }, { presence: "sync" })).toEqual(["absent", "", ""]);
    expect(ask({ presence }, { presence: "gate" }).deciders).toMatchObject([
      { since: at - HOUR, until: undefined, details: { lastSeenAt: at - HOUR - MINUTE } },
    ]);
  });

  it("presence: an ended session counts until its time is over, another one goes on", () => {
    const ending = { endsAt: at + MINUTE, lastInputAt: at };
    const lasting = { endsAt: null, lastInputAt: at };
    const presence = { sessions: [ending], lastEndedAt: null, lastSeenAt: at };
    const { messaging, email } = ask({ presence }, { presence: "gate" }).channels;
    expect([messaging.nextChangeAt, email.nextChangeAt]).toEqual([at + MINUTE, undefined]);
    const both = { ...presence, sessions: [ending, lasting] };
    expect(ask({ presence: both }, { presence: "gate" }).channels.messaging.nextChangeAt).toBeUndefined();
  });

  it("idle: closes once every session has been without input for that long", () => {
    const sessions = [
      { endsAt: null, lastInputAt: at - 20 * MINUTE },
      { endsAt: null, lastInputAt: at - 10 * MINUTE },
    ];
    const presence = { sessions, lastEndedAt: null, lastSeenAt: at };
    const policy = { presence: "gate", idleAfterMinutes: 10 } as const;
    expect(closed({ presence }, policy)).toEqual(["idle", "", "idle"]);
    expect(ask({ presence }, policy, at - 1).channels.messaging).toMatchObject({
      open: true,
      nextChangeAt: at,
    });
    expect(closed({ presence }, { ...policy, presence: "off" })).toEqual(all(""));
    expect(closed({}, { ...policy, presence: "gate", allow: {} })).toEqual(all("absent"));
  });

  it("wrapUp: closes for the wrap-up time after a conversation", () => {
    const facts = {
      wrapUpTime: 60,
      closed: [
        { conversationId: "first", closedAt: at - 50_000 },
        { conversationId: "second", closedAt: at - 10_000 },
      ],
    };
    expect(ask(facts).deciders).toMatchObject([
      {
        code: "wrappingUp",
        since: at - 50_000,
        until: at + 50_000,
        remedy: "time",
        details: { conversationId: "second" },
      },
    ]);
    expect(closed({ ...facts, wrapUpTime: 0 })).toEqual(all(""));
  });

  it("capacity: closes the channel that is full, one entry per channel", () => {
    const facts = {
      open: { messaging: 3, email: 1, voice: 0 },
      capacityRule: { id: "rule", messaging: 3, email: 4 },
      offers: [{ channel: "email" as const, expiresAt: at + 30_000 }],
    };
    expect(closed(facts)).toEqual(["atCapacity", "", ""]);
    expect(ask(facts).channels.email.room).toBe(2);
    expect(ask(facts, {}, at + 30_000).channels.email.room).toBe(3);
    expect(ask({ ...facts, capacityRule: { id: "rule", messaging: 1, email: 2 } }).deciders).toMatchObject([
      {
        channels: ["messaging"],
        until: undefined,
        remedy: "supervisor",
        details: { channel: "messaging", open: 3, offered: 0, capacity: 1, ruleId: "rule" },
      },
      {
        channels: ["email"],
        until: at + 30_000,
        details: { channel: "email", open: 1, offered: 1, capacity: 2, ruleId: "rule" },
      },
    ]);
  });

  it("call: an open or offered call closes the other channels, and voice by capacity", () => {
    expect(closed({ open: { messaging: 0, email: 0, voice: 1 } })).toEqual([
      "inCall",
      "inCall",
      "atCapacity",
    ]);
    const offers = [{ channel: "voice" as const, expiresAt: at + 30_000 }];
    expect(closed({ offers })).toEqual(["inCall", "inCall", "atCapacity"]);
    expect(ask({ offers }).channels.messaging.nextChangeAt).toBe(at + 30_000);
  });

  it("response: closes after so many unanswered offers, also those that are about to expire", () => {
    const missedOffers = [at - HOUR];
    const offers = [{ channel: "email" as const, expiresAt: at + 30_000 }];
    expect(ask({ missedOffers, offers }).channels.messaging).toMatchObject({
      open: true,
      nextChangeAt: at + 30_000,
    });
    expect(closed({ missedOffers: [at - HOUR, at - MINUTE] })).toEqual([
      "notResponding",
      "",
      "notResponding",
    ]);
    expect(closed({ missedOffers: [at - HOUR, at - MINUTE] }, { missedOffers: null })).toEqual(all(""));
  });
});

it("evaluates all deciders, in the order of the table", () => {
  const everything: Given = {
    membership: { status: "suspended" },
    declared: { ...ready.declared, status: "away", activity: "busy" },
    timeOff: [{ id: "a", start: at - 1, end: at + 1 }],
    hours: { ...always, weeklySchedule: {} },
    open: { messaging: 0, email: 0, voice: 1 },
    capacityRule: { id: "rule", messaging: 0, email: 0 },
    wrapUpTime: 60,
    closed: [{ conversationId: "a", closedAt: at }],
    missedOffers: [at - 2, at - 1],
  };
  const { channels } = ask(everything, { presence: "gate", allow: {} });
  expect(channels.messaging.closedBy).toEqual(
    "suspended away busy timeOff outOfHours absent wrappingUp atCapacity inCall notResponding".split(" "),
  );
  expect(firstCode(channels.messaging)).toBe("suspended");
  expect(channels.messaging.room).toBe(0);
  expect(closed({ ...everything, type: "bot" }, { presence: "gate", allow: {} })[0]).toBe(
    "away,busy,wrappingUp,atCapacity,inCall",
  );
});

it("looks past the end of one reason while another one remains", () => {
  const facts = {
    declared: { ...ready.declared, activity: "inMeeting" as const, activityExpiresAt: at + HOUR },
    hours: { ...always, weeklySchedule: nineToFive },
    timeOff: [{ id: "a", start: at + 30 * MINUTE, end: at + 24 * HOUR }],
  };
  expect(iso(ask(facts).channels.email.nextChangeAt)).toBe("2026-06-11T12:00:00.000Z");
});

it("stops looking after 400 days", () => {
  const end = at + 400 * 24 * HOUR;
  const until = (time: number) =>
    ask({ timeOff: [{ id: "a", start: at, end: time }] }).channels.email.nextChangeAt;
  expect([until(end), until(end + 1)]).toEqual([end, undefined]);
});

describe("holidays", () => {
  const holiday = { name: "Christmas", day: 25, month: 12 };
  const night = {
    ...always,
    weeklySchedule: { thursday: { from: 22 * 60, to: 6 * 60 }, friday: { from: 22 * 60, to: 6 * 60 } },
    holidays: [holiday],
  };

  it("name the day whose shift they removed, also after midnight", () => {
    // Friday, 25 December 2026: its night shift would last until Saturday 06:00 in Berlin.
    const saturday = ask({ hours: night }, {}, Date.parse("2026-12-26T03:00:00Z"));
    expect(saturday.deciders).toMatchObject([
      { code: "holiday", details: { name: "Christmas", date: "2026-12-25" } },
    ]);
    expect(closed({ hours: night }, {}, Date.parse("2026-12-26T05:00:00Z"))).toEqual(all("outOfHours"));
  });

  it("let the shift of the evening before end, and name the local date afterwards", () => {
    expect(closed({ hours: night }, {}, Date.parse("2026-12-25T04:59:59.999Z"))).toEqual(all(""));
    expect(closed({ hours: night }, {}, Date.parse("2026-12-25T05:00:00Z"))).toEqual(all("holiday"));
    const midday = { ...night, weeklySchedule: { monday: { from: 540, to: 1020 } } };
    expect(ask({ hours: midday }, {}, Date.parse("2026-12-25T12:00:00Z")).deciders[0]?.details).toEqual({
      name: "Christmas",
      date: "2026-12-25",
    });
  });

  it("name the date on which the night shift would have started, and end with the next one", () => {
    const shift = { from: 22 * 60, to: 6 * 60 };
    const hours = {
      timezone: "Europe/Berlin",
      weeklySchedule: { monday: shift, tuesday: shift, wednesday: shift },
      holidays: [{ name: "Founding day", day: 9, month: 3 }],
    };
    const reasonAt = (when: string) =>
      ask({ hours }, {}, Date.parse(when)).deciders.map(({ code, until, details }) => [
        code,
        iso(until),
        details,
      ]);
    const until = "2027-03-10T21:00:00.000Z";
    const details = { name: "Founding day", date: "2027-03-09" };
    // Monday's shift lasts into Tuesday, which is the holiday.
    expect(reasonAt("2027-03-09T02:00:00Z")).toEqual([]);
    expect(reasonAt("2027-03-09T12:00:00Z")).toEqual([["holiday", until, details]]);
    expect(reasonAt("2027-03-10T02:00:00Z")).toEqual([["holiday", until, details]]);
    // When Tuesday's shift would have ended.
    expect(reasonAt("2027-03-10T12:00:00Z")).toEqual([["outOfHours", until, undefined]]);
  });

  it("never end without a shift on any day", () => {
    const { deciders, channels } = ask({ hours: { ...always, weeklySchedule: {} } });
    expect(deciders).toMatchObject([{ code: "outOfHours", until: undefined }]);
    expect(channels.voice.nextChangeAt).toBeUndefined();
  });

  it("close a channel that is open out of hours, from midnight to midnight", () => {
    const hours = { ...always, weeklySchedule: nineToFive, holidays: [holiday] };
    const allow = { outOfHours: ["email"] } as const;
    const before = ask({ hours }, { allow }, Date.parse("2026-12-01T20:00:00Z")).channels.email;
    expect([before.open, iso(before.nextChangeAt)]).toEqual([true, "2026-12-24T23:00:00.000Z"]);
    const during = ask({ hours }, { allow }, Date.parse("2026-12-25T12:00:00Z")).channels.email;
    expect([during.open, iso(during.nextChangeAt)]).toEqual([false, "2026-12-25T23:00:00.000Z"]);
  });
});

describe("clock changes", () => {
  it("move the boundary with the wall clock", () => {
    const hours = { ...always, weeklySchedule: { sunday: { from: 540, to: 1020 } } };
    const next = (when: string) => iso(ask({ hours }, {}, Date.parse(when)).channels.email.nextChangeAt);
    expect(next("2026-03-28T12:00:00Z")).toBe("2026-03-29T07:00:00.000Z");
    expect(next("2026-10-24T12:00:00Z")).toBe("2026-10-25T08:00:00.000Z");
  });

  it("can skip a whole date", () => {
    const hours = {
      timezone: "Pacific/Apia",
      weeklySchedule: { friday: { from: 540, to: 1020 } },
      holidays: [],
    };
    const next = ask({ hours }, {}, Date.parse("2011-12-29T00:00:00Z")).channels.email.nextChangeAt;
    expect(iso(next)).toBe("2012-01-05T19:00:00.000Z");
  });
});

describe("candidates", () => {
  const agent = (agentId: string, facts: Partial<RankedAgent> = {}): RankedAgent => ({
    agentId,
    open: 0,
    offered: 0,
    capacity: 4,
    lastAssignedAt: null,
    ...facts,
  });
  const ranked = (...agents: RankedAgent[]) =>
    [...agents].sort(compareCandidates).map(({ agentId }) => agentId);

  it("come in the order of the share of capacity that they would use", () => {
    expect(
      ranked(
        agent("half", { open: 1 }),
        agent("full", { open: 2, offered: 1 }),
        agent("third", { open: 1, capacity: 6 }),
        agent("busy and unlimited", { open: 50, capacity: undefined }),
        agent("unlimited", { open: 1, offered: 1, capacity: undefined }),
      ),
    ).toEqual(["unlimited", "busy and unlimited", "third", "half", "full"]);
  });

  it("then of the longest wait, those never assigned first, and of the id", () => {
    expect(
      ranked(
        agent("c", { lastAssignedAt: 2 }),
        agent("b"),
        agent("d", { lastAssignedAt: 1 }),
        agent("a", { open: 1, capacity: 8, lastAssignedAt: null }),
      ),
    ).toEqual(["a", "b", "d", "c"]);
  });
});

it("counts each closed agent once, under the first code", () => {
  const closedBy = (...list: (typeof codes)[number][]) => ({ open: list.length === 0, closedBy: list });
  const counts = tally([
    closedBy(),
    closedBy("notResponding"),
    closedBy("away", "outOfHours"),
    closedBy("away"),
    closedBy(),
  ]);
  expect(counts).toEqual({ open: 2, closed: { away: 2, notResponding: 1 } });
  expect(Object.keys(counts.closed)).toEqual(["away", "notResponding"]);
});

it("knows who can put each code right, in the order of docs/availability.md", () => {
  expect(codes.map((code) => `${code} ${remedyOf[code]}`).join(", ")).toBe(
    `invited supervisor, suspended supervisor, offline agent, away agent, ${deciderCodes.activity.map((code) => `${code} agent`).join(", ")}, ` +
      "timeOff time, holiday time, outOfHours time, absent agent, idle agent, " +
      "wrappingUp time, atCapacity supervisor, inCall time, notResponding agent",
  );
  expect(deciderNames).toHaveLength(11);
});
