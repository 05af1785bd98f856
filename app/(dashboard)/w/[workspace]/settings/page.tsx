import type { Metadata } from "next";
import { FirstSection } from "@/components/settings/first-section";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nav.settings") };
}

export default function SettingsPage() {
  return <FirstSection />;
}
