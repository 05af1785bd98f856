import { expect, it } from "vitest";
import type { Rotation } from "@/lib/hours/shifts/rotations-contract";
import { changeOf, draftOf, fieldsOf, rotationFormSchema } from "./rotation-form";

it("sends the date of effect with new weeks only", () => {
  expect(changeOf({ name: "Nights" }, "2026-12-01")).toEqual({ name: "Nights" });
  expect(changeOf({ weeks: [{}], effectiveFrom: "2026-12-05" }, "2026-12-05")).toEqual({
    weeks: [{}],
    effectiveFrom: "2026-12-05",
  });
});

it("shows the members whose membership has not ended", () => {
  const member = { id: "1", agentId: "2", offset: 0 };
  const rotation = {
    members: [
      { ...member, until: "2026-11-30" },
      { ...member, offset: 1, from: "2026-12-01" },
      { ...member, agentId: "3", until: "2026-12-01" },
    ],
  } as Rotation;
  expect(fieldsOf(rotation, "2026-12-01").members).toEqual([
    { agentId: "2", offset: 1, from: "2026-12-01" },
    { agentId: "3", offset: 0, until: "2026-12-01" },
  ]);
});

it("starts a new rotation today, without members", () => {
  const fields = fieldsOf(undefined, "2026-12-01");
  expect(fields).toMatchObject({ startDate: "2026-12-01", weeks: [{}], members: [] });
  const parsed = rotationFormSchema.parse({ ...fields, name: "Nights" });
  expect(draftOf(parsed)).not.toHaveProperty("effectiveFrom");
});
