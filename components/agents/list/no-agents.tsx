"use client";

import { SearchX, UserPlus } from "lucide-react";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button, buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";

/** The empty state: no agents exist, or none match. */
export function NoAgents({
  isFiltered,
  onClear,
  onCreate,
}: {
  isFiltered: boolean;
  onClear: () => void;
  onCreate: (() => void) | null;
}) {
  const t = useTranslations("agents.empty");
  const { can, href } = useWorkspace();
  if (isFiltered)
    return (
      <EmptyState
        icon={<SearchX className="size-5" />}
        title={t("noMatch")}
        action={<Button onPress={onClear}>{t("clear")}</Button>}
      >
        {t("noMatchHint")}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<UserPlus className="size-5" />}
      title={t("none")}
      action={
        <>
          {can("people.write") && (
            <Link look="plain" href={href("/settings/people")} className={buttonClasses()}>
              {t("invite")}
            </Link>
          )}
          {onCreate && (
            <Button look="primary" onPress={onCreate}>
              {t("create")}
            </Button>
          )}
        </>
      }
    >
      {t(onCreate ? "noneHint" : "noneHintReader")}
    </EmptyState>
  );
}
