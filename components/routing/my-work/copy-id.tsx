"use client";

import { Copy } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/components/ui/icon-button";
import { notify } from "@/components/ui/toast";

/** Copies the conversation's id in the external system. */
export function CopyId({ id }: { id: string }) {
  const t = useTranslations("routing.myWork");
  return (
    <IconButton
      label={t("copyId", { id })}
      size="small"
      className="-my-1"
      onPress={async () => {
        try {
          await navigator.clipboard.writeText(id);
          notify({ kind: "success", title: t("copied") });
        } catch {
          notify({ kind: "error", title: t("notCopied"), detail: id });
        }
      }}
    >
      <Copy aria-hidden="true" className="size-3.5" />
    </IconButton>
  );
}
