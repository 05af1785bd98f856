import { expect, it } from "vitest";
import { managedRoles } from "@/lib/access/roles/rules";
import { languages } from "@/lib/platform/locale/locales";
import { loadMessages } from "@/lib/platform/locale/messages";
import { managedRoleTexts } from "./roles";

it("every managed role has a name in every language", async () => {
  expect(Object.keys(managedRoleTexts)).toEqual(managedRoles.map(({ id }) => id));
  for (const language of languages) {
    const { managed } = (await loadMessages(language)).settings.roles;
    const names = managedRoles.map(({ id }) => managedRoleTexts[id]).map((key) => key && managed[key]);
    expect(new Set(names).size).toBe(managedRoles.length);
    if (language === "en") expect(names).toEqual(managedRoles.map(({ name }) => name));
  }
});

it("the Arabic names are in Arabic script", async () => {
  const { managed } = (await loadMessages("ar")).settings.roles;
  for (const name of Object.values(managed)) expect(name).toMatch(/^\p{Script=Arabic}+$/u);
});
