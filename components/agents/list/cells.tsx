"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useDurationText } from "@/components/availability/duration-text";
import { SuspendedTag } from "@/components/availability/suspended-tag";
import { useFormatter } from "@/components/shell/time";
import { Avatar } from "@/components/ui/avatar";
import { classes } from "@/components/ui/classes";
import { Link } from "@/components/ui/link";
import { Meter } from "@/components/ui/meter";
import { ownSide } from "@/components/ui/own-side";
import { Tooltip } from "@/components/ui/tooltip";
import type { Agent } from "@/lib/agents/agents/contract";
import { fullAlone } from "@/lib/availability/workload/rules";
import { smallPicture } from "@/lib/workforce/media/rules";
import { useClock } from "./clock";

/** A link that fills its cell, with a tooltip. */
export function CellLink({
  href,
  hint,
  label,
  className,
  children,
}: {
  href: string;
  hint?: ReactNode;
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  const link = (
    <Link
      look="plain"
      href={href}
      {...(label ? { "aria-label": label } : {})}
      className={classes("flex min-h-6 min-w-0 max-w-full items-center", className)}
    >
      {children}
    </Link>
  );
  return hint ? (
    <Tooltip text={hint} delay={300}>
      {link}
    </Tooltip>
  ) : (
    link
  );
}

export function AgentCell({ agent, href, isCompact }: { agent: Agent; href: string; isCompact: boolean }) {
  const t = useTranslations("agents");
  const email = agent.userEmails[0] ?? t("bot");
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2.5">
      <Avatar name={agent.name} src={smallPicture(agent.avatarUrl)} size={isCompact ? "small" : "medium"} />
      {/* In a compact row, the email wraps out of sight if there is too little room to read it. */}
      <span
        title={isCompact ? email : undefined}
        className={classes(
          "min-w-0",
          isCompact &&
            "flex h-5 flex-1 flex-wrap items-baseline gap-2 overflow-clip [overflow-clip-margin:4px]",
        )}
      >
        <Link
          look="plain"
          href={href}
          dir="auto"
          className={classes("truncate font-medium", ownSide, isCompact ? "max-w-full shrink-0" : "block")}
        >
          {agent.name}
        </Link>
        <span
          dir="auto"
          className={classes(
            "truncate text-muted",
            ownSide,
            isCompact ? "grow basis-28 text-sm" : "block text-xs",
          )}
        >
          {email}
        </span>
      </span>
      <SuspendedTag agentId={agent.id} isNarrow />
    </span>
  );
}

/**
 * Shows a name on two lines, or on one line, truncated before its last word: similar names often differ only
 * at the end.
 */
function EndsShown({ name, isCompact }: { name: string; isCompact: boolean }) {
  const at = name.lastIndexOf(" ");
  if (at < 0)
    return (
      <span dir="auto" className="truncate">
        {name}
      </span>
    );
  if (!isCompact)
    return (
      <span dir="auto" className="line-clamp-2 min-w-0 break-words leading-4">
        {name}
      </span>
    );
  return (
    <span dir="auto" className="flex min-w-0">
      <span className="min-w-4 truncate whitespace-pre">{name.slice(0, at + 1)}</span>
      <span className="max-w-[calc(100%-1rem)] shrink-0 truncate">{name.slice(at + 1)}</span>
    </span>
  );
}

/** Shows the first name and the number of others; a tooltip lists all. */
export function NamesCell({
  names,
  fullNames = names,
  href,
  isCompact,
}: {
  names: readonly string[];
  /** Names for the tooltip, if they differ. */
  fullNames?: readonly string[];
  href: string;
  isCompact: boolean;
}) {
  const t = useTranslations("agents");
  const format = useFormatter();
  const [first, ...others] = names;
  if (first === undefined) return <span className="sr-only">{t("none")}</span>;
  const all = format.list(fullNames);
  return (
    <CellLink href={href} hint={all} label={all} className="gap-1.5 text-sm">
      <EndsShown name={first} isCompact={isCompact} />
      {others.length > 0 && (
        <span className="shrink-0 text-muted text-xs tabular-nums">+{format.number(others.length)}</span>
      )}
    </CellLink>
  );
}

/**
 * Open conversations against the capacity limit, with a mark if a single channel is full. A tooltip lists the
 * channels.
 */
export function WorkloadCell({
  agent,
  href,
  isCompact = false,
}: {
  agent: Agent;
  href: string;
  isCompact?: boolean;
}) {
  const t = useTranslations("agents.workload");
  const format = useFormatter();
  const { workload, rule } = agent.workload;
  const open = workload.messaging + workload.email;
  if (!rule)
    return (
      <CellLink href={href} hint={t("unbounded", { messaging: workload.messaging, email: workload.email })}>
        <span className="text-muted text-sm tabular-nums">{t("open", { count: open })}</span>
      </CellLink>
    );
  const most = rule.capacity.messaging + rule.capacity.email;
  const text = `${format.number(open)}/${format.number(most)}`;
  const alone = fullAlone(agent.workload);
  const warning = alone && t(alone === "messaging" ? "messagingFull" : "emailFull");
  return (
    <CellLink
      href={href}
      hint={
        <>
          <span className="block">
            {t("messaging", { open: workload.messaging, most: rule.capacity.messaging })}
          </span>
          <span className="block">{t("email", { open: workload.email, most: rule.capacity.email })}</span>
          <span className="block opacity-75">{t("rule", { name: rule.name })}</span>
        </>
      }
    >
      <span className={classes("flex min-w-0", isCompact ? "items-center gap-1.5" : "flex-col py-0.5")}>
        <Meter
          label={t("label")}
          text={text}
          isFull={alone !== undefined}
          value={most === 0 ? (open > 0 ? 1 : 0) : Math.min(open, most)}
          minValue={0}
          maxValue={Math.max(most, 1)}
          isNarrow={isCompact && warning !== undefined}
        />
        {warning && (
          <span className="truncate text-danger text-xs" title={warning}>
            {warning}
          </span>
        )}
      </span>
    </CellLink>
  );
}

/** The time since the last status change, updated live; a tooltip shows the exact time. */
export function LastChangeCell({ agent, href }: { agent: Agent; href: string }) {
  const t = useTranslations("agents.lastChange");
  const format = useFormatter();
  const duration = useDurationText();
  const { status, lastStatusSet } = agent.availability;
  const since = new Date(lastStatusSet);
  const seconds = Math.max(0, (useClock(5_000) - since.getTime()) / 1_000);
  // One unit is enough here; the tooltip is exact.
  const text = t(status, {
    duration: duration(seconds < 3_600 ? seconds : Math.floor(seconds / 3_600) * 3_600),
  });
  return (
    <CellLink href={href} hint={format.dateTime(since, { dateStyle: "full", timeStyle: "medium" })}>
      <time dateTime={lastStatusSet} className="truncate text-muted text-sm tabular-nums">
        {text}
      </time>
    </CellLink>
  );
}

export function CreatedCell({ agent }: { agent: Agent }) {
  const format = useFormatter();
  return (
    <time dateTime={agent.createdAt} className="truncate text-muted text-sm tabular-nums">
      {format.dateTime(new Date(agent.createdAt), { dateStyle: "medium" })}
    </time>
  );
}
