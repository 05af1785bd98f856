import type { Metadata } from "next";
import { TimeOffPage } from "@/components/hours/time-off/time-off-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nav.timeOff") };
}

export default function TimeOffRoute() {
  return <TimeOffPage />;
}
