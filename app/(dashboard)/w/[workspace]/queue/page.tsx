import type { Metadata } from "next";
import { QueuePage } from "@/components/routing/queue/queue-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nav.queue") };
}

export default function QueueRoute() {
  return <QueuePage />;
}
