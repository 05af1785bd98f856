import type { Metadata } from "next";
import { AccessKeysPage } from "@/components/settings/access-keys-page";
import { getTranslations } from "@/lib/locale/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.accessKeys") };
}

export default function Page() {
  return <AccessKeysPage />;
}
