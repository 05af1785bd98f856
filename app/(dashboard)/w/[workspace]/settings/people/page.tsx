import type { Metadata } from "next";
import { PeoplePage } from "@/components/settings/people/people-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.people") };
}

export default function Page() {
  return <PeoplePage />;
}
