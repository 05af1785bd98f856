"use client";

import { createContext, memo, type ReactNode, type Ref, useCallback, useContext, useMemo } from "react";
import { useTranslations } from "use-intl";
import { ActivityLabel } from "@/components/availability/activity-label";
import { StatusLabel, StatusMenu } from "@/components/availability/status-menu";
import type { SetAvailability } from "@/components/availability/use-set-availability";
import { useWorkspace } from "@/components/shell/workspace-context";
import { classes } from "@/components/ui/classes";
import { type Density, Table, type TableColumn } from "@/components/ui/table";
import { useJoined } from "@/components/ui/use-joined";
import type { AgentOrder } from "@/lib/agents/agents/client/list-state";
import type { Agent } from "@/lib/agents/agents/contract";
import { CanTakeCell } from "./can-take-cell";
import { AgentCell, CreatedCell, LastChangeCell, NamesCell, WorkloadCell } from "./cells";
import { type ColumnId, columnSorts, columnWidths, compactTimeWidth, fixedColumn } from "./columns";
import { LocalTimeCell } from "./local-time-cell";
import type { AgentSelection } from "./use-selection";

const nameOf = ({ name }: Agent) => name;

/** Names of roles by ID; empty while loading. A context, so that they render only the cells that show them. */
export const RoleNames = createContext<ReadonlyMap<string, string>>(new Map());

function RolesCell({ agent, href, isCompact }: { agent: Agent; href: string; isCompact: boolean }) {
  const t = useTranslations("agents");
  const roleNames = useContext(RoleNames);
  const names = agent.roles.map(({ id, type }) => roleNames.get(id) ?? t(`roleType.${type}`));
  return <NamesCell names={names} href={href} isCompact={isCompact} />;
}

export const AgentTable = memo(function AgentTable({
  agents,
  readAt,
  columns,
  density,
  order,
  onOrder,
  selection,
  canSetStatus,
  onAvailability,
  isUpdating,
  tableRef,
}: {
  agents: readonly Agent[];
  /** When the agents were fetched, in epoch milliseconds. */
  readAt: number;
  columns: readonly ColumnId[];
  density: Density;
  order: AgentOrder;
  onOrder: (order: AgentOrder) => void;
  /** Null for people without write permission. */
  selection: AgentSelection | null;
  canSetStatus: (agent: Agent) => boolean;
  onAvailability: SetAvailability;
  isUpdating: boolean;
  tableRef: Ref<HTMLElement>;
}) {
  const t = useTranslations("agents");
  const joined = useJoined();
  const { href, can } = useWorkspace();
  const historyTab = can("ledger.read") ? "history" : undefined;
  const isCompact = density === "compact";

  const shown = useMemo(() => {
    const hrefOf = (agent: Agent, tab?: string) => href(`/agents/${agent.id}${tab ? `?tab=${tab}` : ""}`);
    const cells: Record<ColumnId, (agent: Agent) => ReactNode> = {
      agent: (agent) => <AgentCell agent={agent} href={hrefOf(agent)} isCompact={isCompact} />,
      canTake: (agent) => <CanTakeCell agentId={agent.id} href={hrefOf(agent, "availability")} />,
      status: (agent) =>
        canSetStatus(agent) ? (
          <span className="-ms-2">
            <StatusMenu
              agentId={agent.id}
              isBusy={agent.workload.workload.messaging > 0}
              availability={agent.availability}
              readAt={readAt}
              agentName={agent.name}
              onChange={(change) => onAvailability(agent, readAt, change)}
            />
          </span>
        ) : (
          <StatusLabel status={agent.status} />
        ),
      activity: ({ availability }) => (
        <span
          title={availability.activityText}
          className={classes("min-w-0 text-sm", isCompact ? "flex" : "*:flex-wrap *:gap-y-0 **:max-w-full")}
        >
          {/* At most two lines, because the remaining time matters more than the note. */}
          <ActivityLabel
            availability={availability}
            readAt={readAt}
            withText={!isCompact && availability.activityTtl === undefined}
            isShort={isCompact}
          />
        </span>
      ),
      teams: (agent) => (
        <NamesCell
          names={agent.teams.map(({ name }) => name)}
          href={hrefOf(agent, "skills")}
          isCompact={isCompact}
        />
      ),
      roles: (agent) => <RolesCell agent={agent} href={hrefOf(agent)} isCompact={isCompact} />,
      skills: (agent) => (
        <NamesCell
          names={agent.assignedSkills.flatMap(({ name, selectedValues }) =>
            selectedValues.length > 0 ? selectedValues.map(({ value }) => value) : name,
          )}
          fullNames={agent.assignedSkills.map(({ name, selectedValues }) =>
            selectedValues.length > 0 ? `${name}: ${joined(selectedValues.map(({ value }) => value))}` : name,
          )}
          href={hrefOf(agent, "skills")}
          isCompact={isCompact}
        />
      ),
      workload: (agent) => (
        <WorkloadCell agent={agent} href={hrefOf(agent, "workload")} isCompact={isCompact} />
      ),
      localTime: (agent) => (
        <LocalTimeCell agent={agent} href={hrefOf(agent, "schedule")} isCompact={isCompact} />
      ),
      lastChange: (agent) => <LastChangeCell agent={agent} href={hrefOf(agent, historyTab)} />,
      created: (agent) => <CreatedCell agent={agent} />,
    };
    return columns.map(
      (id): TableColumn<Agent> => ({
        id,
        name: t(`columns.${id}`),
        isSortable: columnSorts[id] !== undefined,
        isRowHeader: id === fixedColumn,
        cell: cells[id],
        ...columnWidths[id],
        ...(isCompact && id === "localTime" ? { width: compactTimeWidth, minWidth: compactTimeWidth } : {}),
      }),
    );
  }, [columns, isCompact, readAt, canSetStatus, onAvailability, historyTab, href, joined, t]);

  const hrefOfRow = useCallback((agent: Agent) => href(`/agents/${agent.id}`), [href]);
  const sorted = columns.find((id) => columnSorts[id] === order.sort);
  return (
    <div className="h-full" {...(selection ? { onClickCapture: selection.watchShift } : {})}>
      <Table
        label={t("title")}
        className="h-full"
        columns={shown}
        rows={agents}
        density={density}
        sort={sorted ? { column: sorted, direction: order.reverse ? "descending" : "ascending" } : null}
        onSortChange={({ column, direction }) => {
          const sort = columnSorts[column as ColumnId];
          if (sort) onOrder({ sort, reverse: direction === "descending" });
        }}
        {...(selection ? { selection: selection.keys, onSelectionChange: selection.change } : {})}
        hrefOf={hrefOfRow}
        nameOf={nameOf}
        hasFixedName
        letterKeys
        isUpdating={isUpdating}
        tableRef={tableRef}
      />
    </div>
  );
});
