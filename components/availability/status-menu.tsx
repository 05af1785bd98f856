"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { useNow } from "@/components/shell/time";
import { classes } from "@/components/ui/classes";
import { Menu, MenuChip, MenuChips, MenuItem, MenuSection } from "@/components/ui/menu";
import { type Mark, StatusMark } from "@/components/ui/status-mark";
import type { AgentStatus, Availability, AvailabilityChange } from "@/lib/availability/declared/contract";
import { backNow, canComeBack } from "@/lib/availability/declared/presets";
import { activityNow } from "@/lib/availability/declared/rules";
import { agentStatuses } from "@/lib/availability/declared/values";
import { pageNow } from "@/lib/platform/client/page-clock";
import { ActivityLabel } from "./activity-label";
import { useOfferedPresets } from "./preset-words";

/** Status marks differ in shape, so that the status is not conveyed by color alone. */
export const statusMarks: Record<AgentStatus, Mark> = { active: "full", away: "half", offline: "ring" };

export function StatusLabel({ status }: { status: AgentStatus }) {
  const t = useTranslations("availability.status");
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StatusMark mark={statusMarks[status]} />
      {t(status)}
    </span>
  );
}

/** Sets availability in two presses: presets and statuses. */
export function StatusMenu({
  availability,
  readAt,
  agentName,
  onChange,
  isCompact = false,
}: {
  availability: Availability;
  /** When `availability` was fetched, in epoch milliseconds. */
  readAt: number;
  /** The agent's name, for the accessible name of the button. */
  agentName: string;
  onChange: (change: AvailabilityChange) => void;
  /** Also shows the activity, where no activity control is next to it, and fills the available width. */
  isCompact?: boolean;
}) {
  const t = useTranslations("availability");
  const { status } = availability;
  return (
    <MenuTrigger>
      <Button
        aria-label={t("statusOf", { name: agentName, status: t(`status.${status}`) })}
        className={classes(
          "group inline-flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 transition-colors data-hovered:bg-hover data-pressed:bg-pressed max-sm:h-9",
          "data-focus-visible:outline-2 data-focus-visible:outline-accent",
          isCompact && "w-full border border-line bg-surface",
        )}
      >
        {isCompact ? (
          <CompactLabel availability={availability} readAt={readAt} />
        ) : (
          <StatusLabel status={status} />
        )}
        <ChevronDown
          aria-hidden="true"
          className={classes(
            "size-3.5 shrink-0 text-muted",
            isCompact
              ? "ms-auto"
              : "opacity-0 group-data-focus-visible:opacity-100 group-data-hovered:opacity-100",
          )}
        />
      </Button>
      <StatusMenuItems availability={availability} readAt={readAt} onChange={onChange} />
    </MenuTrigger>
  );
}

/** Shows the status as a mark, and as text the activity or, without one, the status. */
function CompactLabel({ availability, readAt }: { availability: Availability; readAt: number }) {
  const { status } = availability;
  const now = useNow(availability.activityTtl === undefined ? {} : { updateInterval: 1000 });
  const { activity } = activityNow(availability, readAt, now.getTime());
  if (activity === "available" || status === "offline") return <StatusLabel status={status} />;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <StatusMark mark={statusMarks[status]} />
      <ActivityLabel availability={availability} readAt={readAt} withText={false} isShort />
    </span>
  );
}

function StatusMenuItems({
  availability,
  readAt,
  onChange,
}: {
  availability: Availability;
  readAt: number;
  onChange: (change: AvailabilityChange) => void;
}) {
  const t = useTranslations("availability");
  const presets = useOfferedPresets();
  const { status } = availability;
  const offered = presets.filter(
    ({ change }) => change !== backNow || canComeBack(availability, readAt, pageNow()),
  );
  return (
    <Menu
      aria-label={t("setStatus")}
      onAction={(key) => {
        const preset = offered.find(({ id }) => id === key);
        if (preset) onChange(preset.change);
      }}
    >
      <MenuChips label={t("presetsTitle")}>
        {offered.map(({ id, name, icon }) => (
          <MenuChip key={id} id={id} icon={icon}>
            {name}
          </MenuChip>
        ))}
      </MenuChips>
      <MenuSection
        title={t("statusTitle")}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[status]}
        onSelectionChange={(keys) => {
          const [chosen] = keys === "all" ? [] : keys;
          const next = agentStatuses.find((each) => each === chosen);
          if (next && next !== status) onChange({ status: next });
        }}
      >
        {agentStatuses.map((each) => (
          <MenuItem
            key={each}
            id={each}
            textValue={t(`status.${each}`)}
            icon={<StatusMark mark={statusMarks[each]} />}
          >
            {t(`status.${each}`)}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
