import type { Metadata } from "next";
import { AuditPage } from "@/components/settings/audit/audit-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("settings.audit") };
}

export default function Page() {
  return <AuditPage />;
}
