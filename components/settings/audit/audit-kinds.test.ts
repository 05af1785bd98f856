import { expect, it } from "vitest";
import { auditActions } from "@/lib/platform/security/audit-actions";
import { actionsOf, auditKinds } from "./audit-kinds";

it("every action belongs to exactly one kind", () => {
  expect(auditKinds.flatMap(actionsOf).toSorted()).toEqual([...auditActions].toSorted());
});
