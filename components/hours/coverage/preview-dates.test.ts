import { expect, it } from "vitest";
import { previewDates } from "./preview-dates";

it("has at most as many dates as a request allows", () => {
  expect(previewDates("2027-06-16")).toEqual({ from: "2027-06-15", to: "2027-06-28" });
  expect(previewDates("2027-06-16", "2027-06-17")).toEqual({ from: "2027-06-15", to: "2027-06-18" });
  expect(previewDates("2027-06-16", "2027-12-31")).toEqual({ from: "2027-06-15", to: "2027-07-15" });
});
