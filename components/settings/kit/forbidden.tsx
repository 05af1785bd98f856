"use client";

import { Lock } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { MessagePage } from "@/components/shell/message-page";
import { useWorkspace } from "@/components/shell/workspace-context";
import { buttonClasses } from "@/components/ui/button";

/** Replaces a page that the person may not see, and says who can grant access. */
export function Forbidden() {
  const t = useTranslations("settings.forbidden");
  const { can, agentId, href } = useWorkspace();
  const next = can("agents.read")
    ? { href: href("/agents"), text: t("toAgents") }
    : agentId
      ? { href: "/me", text: t("toProfile") }
      : undefined;
  return (
    <MessagePage
      icon={<Lock className="size-5" />}
      title={t("title")}
      action={
        next && (
          <Link href={next.href} className={buttonClasses()}>
            {next.text}
          </Link>
        )
      }
    >
      {t("text")}
    </MessagePage>
  );
}
