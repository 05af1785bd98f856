"use client";

import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";

/** Names the first affected agents and counts the rest. */
export function Affected({ chosen }: { chosen: ReadonlyMap<string, string> }) {
  const t = useTranslations("agents.bulk");
  const format = useFormatter();
  const names = [...chosen.values()];
  const few = names.slice(0, 3);
  const rest = names.length - few.length;
  return (
    <p className="text-muted">
      {t("affects", {
        names: format.list(rest > 0 ? [...few, t("others", { count: rest })] : few),
        count: names.length,
      })}
    </p>
  );
}
