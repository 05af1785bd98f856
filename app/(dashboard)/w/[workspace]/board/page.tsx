import type { Metadata } from "next";
import { Board } from "@/components/board/board";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("nav.board") };
}

export default function BoardPage() {
  return <Board />;
}
