import { expect, it } from "vitest";
import { auditActions } from "@/lib/platform/security/audit-actions";
import { accessTypes, eventTypes, resourceOf, typesNamed, visibleTypes } from "./values";

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

it("has a kind for every resource whose changes the audit log records", () => {
  const named: Record<string, string> = { invitation: "person", availabilityPolicy: "policy" };
  const ofNobody = ["session", "token", "password", "audit"];
  const nouns = auditActions
    .map((action) => action.slice(0, action.indexOf(".")))
    .filter((noun) => !ofNobody.includes(noun))
    .map((noun) => named[noun] ?? noun);
  expect(new Set(nouns)).toEqual(new Set(eventTypes.map(resourceOf).filter((kind) => kind !== "agent")));
});
