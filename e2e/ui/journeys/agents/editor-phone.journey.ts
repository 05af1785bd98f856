import { expect, test } from "@/e2e/support/ui/fixtures";
import { getAgent } from "@/lib/agents/agents/contract";

test("phone numbers are accepted in common formats, and the field shows what will be saved", {
  tag: "@language",
}, async ({ asSupervisor: page, make, api, editorOf, messages, conventions }) => {
  const t = messages("profile");
  const germany = new Intl.DisplayNames(conventions.locale, { type: "region" }).of("DE");
  const agent = await make.agent();
  const editor = editorOf(page, agent.id);
  await editor.open("voice");
  const field = editor.text("defaultCallerId");
  const saved = t("phone.savedOf", { number: "\u2066+49301234567\u2069", country: germany ?? "" });

  await field.fill("\u2066+49 (0)30\u20111234567\u2069");
  await expect(page.getByText(saved)).toBeVisible();
  await field.fill("+49 30 1234567 ext. 12");
  await field.blur();
  await expect(page.getByText(t("phone.problem.extension"))).toBeVisible();

  // Without a country, the number cannot be parsed; it is parsed once a country is chosen.
  await field.fill("٠٣٠ ١٢٣٤٥٦٧");
  await expect(page.getByText(t("phone.problem.noCountry"))).toBeVisible();
  await editor.openTab("profile");
  await editor.choose(editor.choice("defaultCountryCode"), germany ?? "");
  await editor.openTab("voice");
  await expect(page.getByText(saved)).toBeVisible();

  await editor.saveButton.click();
  await expect(editor.saveBar).toBeHidden();
  await expect(field).toHaveValue("+49301234567");
  const { defaultCallerId } = await api.call(getAgent, { params: { agentId: agent.id } });
  expect(defaultCallerId).toBe("+49301234567");
});
