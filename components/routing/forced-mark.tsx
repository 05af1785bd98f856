"use client";

import { useTranslations } from "use-intl";
import { Tag } from "@/components/ui/tag";

/** Marks a conversation that a person assigned past availability or capacity. */
export function ForcedMark() {
  const t = useTranslations("routing");
  return (
    <span title={t("forcedHelp")} className="shrink-0">
      <Tag look="warning">{t("forced")}</Tag>
    </span>
  );
}
