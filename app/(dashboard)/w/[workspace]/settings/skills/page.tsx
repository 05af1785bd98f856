import type { Metadata } from "next";
import { SkillsPage } from "@/components/settings/skills/skills-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.skills") };
}

export default function Page() {
  return <SkillsPage />;
}
