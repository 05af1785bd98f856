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
        title={t("notFound.title")}
        action={
          // Next's own link would come with every page, for this one to be there when it is needed.
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
