"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { channelIcons } from "@/components/availability/channel-icons";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Link } from "@/components/ui/link";
import { type Channel, channels } from "@/lib/availability/effective/values";
import { BoardSection, RowsSkeleton } from "./board-section";
import { listPath, openPath, type Scope } from "./links";
import { LiveNumber } from "./live-number";
import { type Group, worstFirst } from "./rules";

/** Teams or skills with the number of agents who can take each channel, worst first. */
export function GroupTable({
  id,
  title,
  empty,
  groups,
  scopeOf,
  most,
}: {
  id: "teams" | "skills";
  title: string;
  empty: string;
  /** Undefined while they load. */
  groups: readonly Group[] | undefined;
  /** Returns the filters of the list of a group's agents. */
  scopeOf: (group: Group) => Scope;
  /** Number of groups before "Show all". */
  most: number;
}) {
  const t = useTranslations("board");
  const words = useTranslations("availability.channels");
  const [isWhole, setWhole] = useState(false);
  const sorted = groups && worstFirst(groups);
  const shown = isWhole ? sorted : sorted?.slice(0, most);
  const hidden = (sorted?.length ?? 0) - (shown?.length ?? 0);
  return (
    <BoardSection id={`board-${id}`} title={title} hint={t("worstFirst")} hidesHeadingOnWall>
      {!shown ? (
        <RowsSkeleton rows={most} />
      ) : shown.length === 0 ? (
        <p className="px-4 py-3 text-muted">{empty}</p>
      ) : (
        <table className="w-full table-fixed border-collapse text-start">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr className="text-muted text-xs wall:text-sm">
              <th scope="col" className="h-8 ps-4 text-start font-medium wall:h-7">
                {t(`groupHeads.${id}`)}
              </th>
              {channels.map((channel) => (
                <th key={channel} scope="col" className={classes(cell, "pe-3 text-start font-medium")}>
                  <span className="block truncate max-sm:sr-only wall:sr-only">{words(channel)}</span>
                  <span
                    aria-hidden="true"
                    title={words(channel)}
                    className="hidden max-sm:inline wall:inline"
                  >
                    {channelIcons[channel]}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <GroupRow key={group.id} group={group} scope={scopeOf(group)} />
            ))}
          </tbody>
        </table>
      )}
      {(hidden > 0 || isWhole) && (
        <div className="border-line border-t px-2 py-1 wall:hidden">
          <Button look="quiet" size="small" onPress={() => setWhole(!isWhole)}>
            {isWhole ? t("fewer") : t("more", { count: hidden })}
          </Button>
        </div>
      )}
    </BoardSection>
  );
}

const cell = "w-[21%] wall:w-[20%]";

function GroupRow({ group, scope }: { group: Group; scope: Scope }) {
  const { href } = useWorkspace();
  return (
    <tr className="h-10 border-line border-t wall:h-7">
      <th scope="row" className="ps-4 pe-3 text-start font-normal">
        <Link
          look="plain"
          href={href(listPath(scope))}
          dir="auto"
          className="block py-1 max-sm:py-3.5 wall:py-0"
        >
          <span className="line-clamp-2 leading-4 wall:block wall:truncate wall:leading-6">{group.name}</span>
        </Link>
      </th>
      {channels.map((channel) => (
        <td key={channel} className="pe-3">
          <OpenCell channel={channel} group={group} scope={scope} />
        </td>
      ))}
    </tr>
  );
}

function OpenCell({ channel, group, scope }: { channel: Channel; group: Group; scope: Scope }) {
  const t = useTranslations("board");
  const words = useTranslations("availability.channels");
  const format = useFormatter();
  const { href } = useWorkspace();
  const open = group.open[channel];
  return (
    <Link
      look="plain"
      href={href(openPath(channel, scope))}
      aria-label={t("groupCanTake", {
        group: group.name,
        channel: words(channel),
        open,
        agents: group.agents,
      })}
      className="flex min-h-6 flex-col justify-center gap-1 text-sm max-sm:min-h-11 wall:gap-0.5 wall:text-base"
    >
      <span className="block leading-4 tabular-nums wall:leading-5">
        <LiveNumber value={open} className={classes("font-medium", open === 0 && "text-danger")} />
        <span className="text-muted">/{format.number(group.agents)}</span>
      </span>
      <span aria-hidden="true" className="block h-1 overflow-hidden rounded-full bg-pressed">
        <span
          className="block h-full rounded-full bg-active"
          style={{ width: `${group.agents === 0 ? 0 : (100 * open) / group.agents}%` }}
        />
      </span>
    </Link>
  );
}
