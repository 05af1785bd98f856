import { describe, expect, it } from "vitest";
import { fieldsOf, queueFormSchema, stepMessages, unitOf } from "./queue-form";

const step = (afterSeconds: number | null, teamIds: string[] = [], dropSkills = false) => ({
  afterSeconds,
  teamIds,
  dropSkills,
});
const team = "01890000-0000-7000-8000-000000000001";
const filled = (steps: ReturnType<typeof step>[]) => ({ ...fieldsOf(undefined), name: "Billing", steps });

describe("the form of a queue", () => {
  it("starts with the defaults of the API", () => {
    expect(queueFormSchema.parse(filled([]))).toMatchObject({
      default: false,
      priority: 50,
      offerMode: "auto",
      offerTimeout: 30,
      strategy: "leastLoaded",
      targetSeconds: 120,
      rampSeconds: 0,
      steps: [],
    });
  });

  it("leaves out what a step does not change", () => {
    expect(queueFormSchema.parse(filled([step(60, [team]), step(300, [], true)])).steps).toEqual([
      { afterSeconds: 60, teamIds: [team] },
      { afterSeconds: 300, dropSkills: true },
    ]);
  });

  it("refuses a step that changes nothing, at the step", () => {
    const [issue] = queueFormSchema.safeParse(filled([step(60)])).error?.issues ?? [];
    expect(issue?.path).toEqual(["steps", 0]);
    expect(issue?.message.startsWith(stepMessages.empty)).toBe(true);
  });

  it("refuses a step that is not later than the one before, at its time", () => {
    const [issue] =
      queueFormSchema.safeParse(filled([step(60, [], true), step(60, [team])])).error?.issues ?? [];
    expect(issue?.path).toEqual(["steps", 1, "afterSeconds"]);
    expect(issue?.message.startsWith(stepMessages.later)).toBe(true);
  });

  it("refuses a step without a time", () => {
    const [issue] = queueFormSchema.safeParse(filled([step(null, [team])])).error?.issues ?? [];
    expect(issue?.path).toEqual(["steps", 0, "afterSeconds"]);
  });

  it.each([
    [0, "seconds"],
    [45, "seconds"],
    [90, "seconds"],
    [120, "minutes"],
    [5400, "minutes"],
    [7200, "hours"],
  ])("shows %i seconds in %s", (seconds, unit) => {
    expect(unitOf(seconds)).toBe(unit);
  });
});
