import { expect, it } from "vitest";
import { boundAgents } from "./bound-agents";

const standard = { id: "standard", default: true, assignedAgentIds: [] };
const senior = { id: "senior", default: false, assignedAgentIds: ["a", "b"] };
const rules = [standard, senior, { id: "night", default: false, assignedAgentIds: ["c"] }];

it("the default rule applies to every agent without their own rule", () => {
  expect(boundAgents(standard, rules, 10)).toBe(7);
  expect(boundAgents({ ...standard, assignedAgentIds: ["d"] }, rules, 10)).toBe(7);
  expect(boundAgents(standard, rules, undefined)).toBeUndefined();
});

it("any other rule applies to its assigned agents", () => {
  expect(boundAgents(senior, rules, undefined)).toBe(2);
});
