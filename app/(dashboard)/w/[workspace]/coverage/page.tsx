import type { Metadata } from "next";
import { CoveragePage } from "@/components/coverage/numbers/coverage-page";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nav.coverage") };
}

export default function CoverageRoute() {
  return <CoveragePage />;
}
