import type { Metadata } from "next";
import { MyWork } from "@/components/routing/my-work/my-work";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nav.myWork") };
}

export default function MyWorkPage() {
  return <MyWork />;
}
