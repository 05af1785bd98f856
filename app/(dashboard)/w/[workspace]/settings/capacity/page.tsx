import type { Metadata } from "next";
import { CapacityPage } from "@/components/settings/capacity/capacity-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.capacity") };
}

export default function Page() {
  return <CapacityPage />;
}
