"use client";

import { ChevronDown, ChevronRight, ChevronUp } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { keepOpened, useListPlace } from "@/components/agents/list-place";
import { leaveFor } from "@/components/shell/leave-guard";
import { isTyping } from "@/components/shell/shell-dialogs";
import { useWorkspace } from "@/components/shell/workspace-context";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { isDialogOpen } from "@/components/ui/open-dialog";
import { useProfile } from "./profile-context";

const above = "[role=menu], [role=listbox], [role=grid]";

/** Links back to the list and to the previous and next agent in it. Not shown on one's own profile. */
export function ProfileWays() {
  const t = useTranslations("profile.ways");
  const { can, href } = useWorkspace();
  const { agent } = useProfile();
  const path = usePathname();
  const router = useRouter();
  const { list, previous, next, isKnown } = useListPlace(agent.id);
  const isShown = can("agents.read") && path.startsWith(href("/agents"));

  useEffect(() => {
    if (isShown && isKnown) keepOpened(agent.id);
  }, [isShown, isKnown, agent.id]);

  // Replaces the history entry, so that the back button leads to the list, and keeps the tab.
  function go(to: string | null) {
    if (!to) return;
    const address = `${to}${window.location.search}`;
    leaveFor(address, () => router.replace(address));
  }

  useEffect(() => {
    if (!isShown) return;
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (isDialogOpen() || (event.target instanceof Element && event.target.closest(above))) return;
      const to = event.key === "j" ? next : event.key === "k" ? previous : null;
      if (!to) return;
      event.preventDefault();
      go(to);
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });

  if (!isShown) return null;
  return (
    <div className="flex h-10 items-center gap-1 px-4 pt-2 sm:px-6">
      <nav aria-label={t("label")} className="min-w-0 flex-1">
        <ol className="flex min-w-0 items-center gap-1 text-sm">
          <li className="shrink-0">
            <Link look="plain" href={list} className="flex min-h-6 items-center text-muted max-sm:min-h-11">
              {t("list")}
            </Link>
          </li>
          <li className="flex min-w-0 items-center gap-1">
            <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-muted rtl:-scale-x-100" />
            <span aria-current="page" className="truncate">
              {agent.name}
            </span>
          </li>
        </ol>
      </nav>
      {isKnown && (
        <div className="flex shrink-0">
          <IconButton label={t("previous")} keys="k" isDisabled={!previous} onPress={() => go(previous)}>
            <ChevronUp aria-hidden="true" className="size-4" />
          </IconButton>
          <IconButton label={t("next")} keys="j" isDisabled={!next} onPress={() => go(next)}>
            <ChevronDown aria-hidden="true" className="size-4" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
