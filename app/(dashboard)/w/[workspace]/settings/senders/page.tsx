import type { Metadata } from "next";
import { SendersPage } from "@/components/settings/senders/senders-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.senders") };
}

export default function Page() {
  return <SendersPage />;
}
