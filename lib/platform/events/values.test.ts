import { expect, it } from "vitest";
import { auditActions } from "@/lib/platform/security/audit-actions";
import type { Permission } from "@/lib/platform/security/permissions";
import { accessTypes, eventTypes, resourceOf, typesNamed, visibleTypes } from "./values";

it("names one type, or all that begin alike", () => {
  expect(typesNamed("agent.status.changed")).toEqual(["agent.status.changed"]);
  expect(typesNamed("team.")).toEqual(["team.created", "team.updated", "team.deleted"]);
  for (const unknown of ["team", "agent.status", "access.changed", "access.", "teams.", ""])
    expect(typesNamed(unknown), unknown).toEqual([]);
});

it("shows only types of resources that the caller may read", () => {
  const ofAgents = visibleTypes(new Set(["agents.read"])).map(resourceOf);
  expect(ofAgents).toContain("agent");
  for (const other of ["team", "person", "accessKey", "queue"]) expect(ofAgents).not.toContain(other);
  const readers: Permission[] = [
    "agents.read",
    "settings.read",
    "people.write",
    "keys.write",
    "routing.read",
  ];
  expect(visibleTypes(new Set(readers))).toEqual(eventTypes);
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
  const unaudited = ["agent", "conversation", "offer", "timeOff", "shiftSwap"];
  expect(new Set(nouns)).toEqual(
    new Set(eventTypes.map(resourceOf).filter((kind) => !unaudited.includes(kind))),
  );
});
