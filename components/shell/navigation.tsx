"use client";

import { BookOpen, CircleUser, Gauge, Users } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { settingsSections } from "@/components/settings/sections";
import { classes } from "@/components/ui/classes";
import { useWorkspace } from "./workspace-context";

const icon = "size-4 shrink-0";

function Item({ href, icon: picture, children }: { href: string; icon: ReactNode; children: ReactNode }) {
  const path = usePathname();
  const isHere = path === href || path.startsWith(`${href}/`);
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        aria-current={isHere ? "page" : undefined}
        className={classes(
          "flex h-8 items-center gap-2.5 rounded-md px-2 text-muted transition-colors hover:bg-hover hover:text-ink max-sm:h-10",
          isHere && "bg-pressed/60 font-medium text-ink",
        )}
      >
        <span aria-hidden="true">{picture}</span>
        <span className="truncate">{children}</span>
      </Link>
    </li>
  );
}

/** The links to all pages that the person may see. */
export function Navigation() {
  const t = useTranslations("shell");
  const { agentId, can, href } = useWorkspace();
  const sections = settingsSections.filter(({ needs }) => can(needs));
  return (
    <nav aria-label={t("nav.label")} className="flex flex-col gap-5">
      <ul className="flex flex-col gap-0.5">
        {can("agents.read") && (
          <>
            <Item href={href("/board")} icon={<Gauge className={icon} />}>
              {t("nav.board")}
            </Item>
            <Item href={href("/agents")} icon={<Users className={icon} />}>
              {t("nav.agents")}
            </Item>
          </>
        )}
        {agentId && (
          <Item href="/me" icon={<CircleUser className={icon} />}>
            {t("nav.me")}
          </Item>
        )}
      </ul>
      {sections.length > 0 && (
        <div>
          <h2 className="px-2 pb-1 font-medium text-muted text-xs">{t("nav.settings")}</h2>
          <ul className="flex flex-col gap-0.5">
            {sections.map((section) => (
              <Item key={section.name} href={href(section.path)} icon={<section.icon className={icon} />}>
                {t(`settings.${section.name}`)}
              </Item>
            ))}
          </ul>
        </div>
      )}
      <ul className="flex flex-col gap-0.5">
        <Item href="/docs" icon={<BookOpen className={icon} />}>
          {t("nav.reference")}
        </Item>
      </ul>
    </nav>
  );
}
