import type { Metadata } from "next";
import { TeamsPage } from "@/components/settings/teams/teams-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.teams") };
}

export default function Page() {
  return <TeamsPage />;
}
