"use client";

import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";
import { Tag } from "@/components/ui/tag";
import type { AuditEvent } from "@/lib/records/audit/contract";
import { useAuditDetails } from "./audit-details";

const headings = ["at", "actor", "event", "address", "outcome"] as const;

/** The security events: time, actor, action, IP address and whether it was denied. */
export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  const t = useTranslations("audit");
  const shell = useTranslations("shell.settings");
  return (
    <table aria-label={shell("audit")} className="w-full">
      <thead className="max-md:sr-only">
        <tr className="h-8 border-line border-b text-start text-muted text-xs">
          {headings.map((heading) => (
            <th
              key={heading}
              scope="col"
              className="whitespace-nowrap px-3 text-start font-medium first:ps-4 last:pe-4 sm:first:ps-6 sm:last:pe-6"
            >
              {t(`columns.${heading}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </tbody>
    </table>
  );
}

// Not `break-words`: a table is as wide as its longest word then.
const cell = "px-3 py-2 align-top wrap-anywhere max-md:block max-md:px-4 max-md:py-0 sm:max-md:px-6";

function EventRow({ event }: { event: AuditEvent }) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const details = useAuditDetails()(event);
  const at = new Date(event.at);
  return (
    <tr className="border-line border-b hover:bg-hover max-md:block max-md:py-2.5">
      <td className={`${cell} whitespace-nowrap text-muted tabular-nums md:ps-6`}>
        <time
          dateTime={event.at}
          title={format.dateTime(at, { dateStyle: "full", timeStyle: "medium" })}
          className="max-md:text-sm"
        >
          {format.dateTime(at, { dateStyle: "medium", timeStyle: "medium" })}
        </time>
      </td>
      <td className={`${cell} md:min-w-40 md:max-w-56`}>
        {event.actor ? <bdi>{event.actor.name}</bdi> : <span className="text-muted">{t("nobody")}</span>}
        {event.actor?.kind === "accessKey" && (
          <span className="block text-muted text-sm">{t("accessKey")}</span>
        )}
      </td>
      <td className={`${cell} md:w-full`}>
        <span className="font-medium">{t(`actions.${event.action}`)}</span>
        {event.target?.name && (
          <>
            {" "}
            <bdi>{event.target.name}</bdi>
          </>
        )}
        {details.map((line) => (
          <span key={line} className="block text-muted text-sm">
            {line}
          </span>
        ))}
      </td>
      <td className={`${cell} whitespace-nowrap text-muted max-md:text-sm`}>
        {event.address && <bdi dir="ltr">{event.address}</bdi>}
      </td>
      <td className={`${cell} whitespace-nowrap md:pe-6`}>
        {event.outcome === "refused" ? (
          <Tag look="danger">{t("outcomes.refused")}</Tag>
        ) : (
          <span className="text-muted max-md:sr-only">{t("outcomes.ok")}</span>
        )}
      </td>
    </tr>
  );
}
