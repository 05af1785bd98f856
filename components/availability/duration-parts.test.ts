import { createTranslator } from "use-intl/core";
import { expect, it } from "vitest";
import messages from "@/lib/platform/locale/messages/en/availability.json";
import { exactParts } from "./duration-parts";

const t = createTranslator({ locale: "en", messages, namespace: "duration" });
const spelled = (minutes: number) => {
  const { key, ...values } = exactParts(minutes);
  return t(key, values);
};

it("writes hours and minutes and leaves out zero parts", () => {
  expect([0, 30, 450, 480, 31 * 60 + 30, 168 * 60].map(spelled)).toEqual([
    "0 min",
    "30 min",
    "7 h 30 min",
    "8 h",
    "31 h 30 min",
    "168 h",
  ]);
});
