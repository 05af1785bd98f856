"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button, buttonClasses } from "@/components/ui/button";
import { PartNotLoaded } from "@/components/ui/lazy-part";
import { MessagePage } from "./message-page";
import { useOutage } from "./use-outage";

/** The error boundary's fallback: retry, or go to the start page. Retries automatically while the database is unavailable. */
export function PageProblem({ error, onRetry }: { error: Error & { digest?: string }; onRetry: () => void }) {
  const t = useTranslations("broken");
  const isOutage = useOutage(error, onRetry);
  const again = error instanceof PartNotLoaded ? () => window.location.reload() : onRetry;
  const text = error.digest ? t("textWithId", { id: error.digest }) : t("text");
  return (
    <MessagePage
      icon={<TriangleAlert className="size-5" />}
      title={t(isOutage ? "outageTitle" : "title")}
      action={
        <>
          {/* A full page load, because in-memory state may be what broke the page. */}
          <a href="/" className={buttonClasses("secondary")}>
            {t("back")}
          </a>
          <Button look="primary" onPress={again}>
            {t("retry")}
          </Button>
        </>
      }
    >
      {isOutage ? t("outageText") : text}
    </MessagePage>
  );
}
