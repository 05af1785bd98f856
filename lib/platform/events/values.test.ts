import { expect, it } from "vitest";
import { accessTypes, eventTypes, typesNamed, visibleTypes } from "./values";

it("names one type, or all that begin alike", () => {
  expect(typesNamed("agent.status.changed")).toEqual(["agent.status.changed"]);
  expect(typesNamed("team.")).toEqual(["team.created", "team.updated", "team.deleted"]);
  for (const unknown of ["team", "agent.status", "access.changed", "access.", "teams.", ""])
    expect(typesNamed(unknown), unknown).toEqual([]);
});

it("shows only types of resources that the caller may read", () => {
  expect(visibleTypes(new Set(["agents.read"])).every((type) => type.startsWith("agent."))).toBe(true);
  expect(visibleTypes(new Set(["agents.read", "settings.read", "people.write", "keys.write"]))).toEqual(
    eventTypes,
  );
});

it("knows which events change permissions", () => {
  expect(new Set(accessTypes.map((type) => type.split(".")[0]))).toEqual(
    new Set(["role", "person", "accessKey", "access"]),
  );
});
