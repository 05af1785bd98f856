"use client";

import { useTranslations } from "use-intl";
import { Button, buttonClasses } from "@/components/ui/button";
import { MessagePage } from "./message-page";

/** What stands in place of a page that broke: try again, or back to the start. */
export function PageProblem({ error, onRetry }: { error: Error & { digest?: string }; onRetry: () => void }) {
  const t = useTranslations("broken");
  return (
    <MessagePage
      title={t("title")}
      action={
        <>
          {/* A page that broke is left for good: whatever it has left behind goes with it. */}
          <a href="/" className={buttonClasses("secondary")}>
            {t("back")}
          </a>
          <Button look="primary" onPress={onRetry}>
            {t("retry")}
          </Button>
        </>
      }
    >
      {error.digest ? t("textWithId", { id: error.digest }) : t("text")}
    </MessagePage>
  );
}
