import type { Metadata } from "next";
import { AccessKeysPage } from "@/components/settings/access-keys/access-keys-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.accessKeys") };
}

export default function Page() {
  return <AccessKeysPage />;
}
