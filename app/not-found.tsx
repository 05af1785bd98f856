import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClasses } from "@/components/ui/button-classes";
import { getTranslations } from "@/lib/platform/locale/server/translator";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("notFound.title") };
}

export default async function NotFoundPage() {
  const t = await getTranslations("shell");
  return (
    <main>
      <MessagePage
        icon={<SearchX className="size-5" />}
        title={t("notFound.title")}
        action={
          // A plain link: `next/link` would add its script to every page.
          <a href="/" className={buttonClasses()}>
            {t("notFound.back")}
          </a>
        }
      >
        {t("notFound.text")}
      </MessagePage>
    </main>
  );
}
