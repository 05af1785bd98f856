"use client";

import { useTranslations } from "use-intl";
import { LoadFailed } from "@/components/shell/load-failed";

/** The error state of a settings page or panel. */
export function Failed(failure: { error: unknown; isRetrying: boolean; onRetry: () => void }) {
  const t = useTranslations("settings.common");
  return <LoadFailed title={t("failed")} {...failure} />;
}
