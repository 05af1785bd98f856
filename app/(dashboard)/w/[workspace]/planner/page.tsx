import type { Metadata } from "next";
import { PlannerPage } from "@/components/coverage/planner/planner-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nav.planner") };
}

export default function PlannerRoute() {
  return <PlannerPage />;
}
