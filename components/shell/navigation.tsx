"use client";

import {
  BookOpen,
  CalendarOff,
  CalendarRange,
  CircleUser,
  Gauge,
  Grid3x3,
  Headset,
  Inbox,
  Users,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useOfferCount } from "@/components/routing/my-work/offer-watch";
import { settingsSections } from "@/components/settings/sections";
import { classes } from "@/components/ui/classes";
import { useWorkspace } from "./workspace-context";

const icon = "size-4 shrink-0";

function Item({
  href,
  icon: picture,
  hint,
  children,
}: {
  href: string;
  icon: ReactNode;
  /** Short content at the end of the line, such as a count. */
  hint?: ReactNode;
  children: ReactNode;
}) {
  const path = usePathname();
  const isHere = path === href || path.startsWith(`${href}/`);
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        aria-current={isHere ? "page" : undefined}
        className={classes(
          "flex h-8 items-center gap-2.5 rounded-md px-2 text-muted transition-colors hover:bg-hover hover:text-ink max-lg:h-11",
          isHere && "bg-pressed/60 font-medium text-ink",
        )}
      >
        <span aria-hidden="true">{picture}</span>
        <span className="truncate">{children}</span>
        {hint}
      </Link>
    </li>
  );
}

/** The number of pending offers. */
function OfferCount() {
  const t = useTranslations("routing.myWork");
  const count = useOfferCount();
  if (count === 0) return null;
  return (
    <span
      role="img"
      aria-label={t("count", { count })}
      className="ms-auto flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1 font-medium text-on-accent text-xs tabular-nums"
    >
      {count}
    </span>
  );
}

/** The link to My work in the bottom bar on phones. */
export function MyWorkLink() {
  const t = useTranslations("shell");
  const { agentId, can, href } = useWorkspace();
  const path = usePathname();
  const address = href("/my-work");
  if (!agentId || !can("routing.read")) return null;
  return (
    <Link
      href={address}
      prefetch={false}
      aria-label={t("nav.myWork")}
      data-own-work=""
      aria-current={path === address ? "page" : undefined}
      className="relative flex size-11 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink aria-[current]:text-ink"
    >
      <Headset aria-hidden="true" className="size-5" />
      <span className="absolute end-0 top-0">
        <OfferCount />
      </span>
    </Link>
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
          <Item href={href("/board")} icon={<Gauge className={icon} />}>
            {t("nav.board")}
          </Item>
        )}
        {can("routing.read") && (
          <Item href={href("/queue")} icon={<Inbox className={icon} />}>
            {t("nav.queue")}
          </Item>
        )}
        {can("agents.read") && (
          <Item href={href("/agents")} icon={<Users className={icon} />}>
            {t("nav.agents")}
          </Item>
        )}
        {can("agents.read") && (
          <Item href={href("/planner")} icon={<CalendarRange className={icon} />}>
            {t("nav.planner")}
          </Item>
        )}
        {can("agents.read") && (
          <Item href={href("/coverage")} icon={<Grid3x3 className={icon} />}>
            {t("nav.coverage")}
          </Item>
        )}
        {can("agents.read") && (
          <Item href={href("/time-off")} icon={<CalendarOff className={icon} />}>
            {t("nav.timeOff")}
          </Item>
        )}
        {agentId && can("routing.read") && (
          <Item href={href("/my-work")} icon={<Headset className={icon} />} hint={<OfferCount />}>
            {t("nav.myWork")}
          </Item>
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
