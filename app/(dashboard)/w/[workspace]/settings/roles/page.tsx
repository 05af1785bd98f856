import type { Metadata } from "next";
import { RolesPage } from "@/components/settings/roles/roles-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.roles") };
}

export default function Page() {
  return <RolesPage />;
}
