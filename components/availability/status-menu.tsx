"use client";

import { ChevronDown, Square, SquareCheck, X } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { useNow } from "@/components/shell/time";
import { touchRoom } from "@/components/ui/button-classes";
import { classes } from "@/components/ui/classes";
import { Menu, MenuChip, MenuChips, MenuItem, MenuSection } from "@/components/ui/menu";
import { type Mark, StatusMark } from "@/components/ui/status-mark";
import type { AgentStatus, Availability } from "@/lib/availability/declared/contract";
import { backNow, canComeBack } from "@/lib/availability/declared/presets";
import { activityNow } from "@/lib/availability/declared/rules";
import { agentStatuses } from "@/lib/availability/declared/values";
import { pageNow } from "@/lib/platform/client/page-clock";
import { ActivityLabel } from "./activity-label";
import { useDurationText } from "./duration-text";
import { PresetIcon } from "./preset-icon";
import { useOfferedPresets } from "./preset-words";
import { usePendingPreset, usePresets } from "./use-presets";
import type { AvailabilityPick } from "./use-set-availability";

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

interface StatusMenuProps {
  agentId: string;
  availability: Availability;
  /** When `availability` was fetched, in epoch milliseconds. */
  readAt: number;
  /** The agent's name, for the accessible name of the button. */
  agentName: string;
  /** Whether a messaging conversation is open. A preset can wait until it is closed. */
  isBusy: boolean;
  onChange: (pick: AvailabilityPick) => void;
  /** Whether the button shows the pending preset. False in lists, where each row would send a request. */
  showsNext?: boolean;
  /** Also shows the activity if there is no activity control next to it, and fills the available width. */
  isCompact?: boolean;
}

/** Sets availability with two clicks, by preset or by status. */
export function StatusMenu(props: StatusMenuProps) {
  const { agentId, availability, readAt, agentName, isBusy, showsNext = false, isCompact = false } = props;
  const t = useTranslations("availability");
  const [isOpen, setOpen] = useState(false);
  const pending = usePendingPreset(agentId, isBusy && showsNext);
  const next = pending && t("pendingPreset.next", { preset: pending.preset?.name ?? "…" });
  const { status } = availability;
  const label = t("statusOf", { name: agentName, status: t(`status.${status}`) });
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        aria-label={next ? `${label}. ${next}` : label}
        className={classes(
          "group inline-flex h-7 min-w-0 items-center gap-1.5 rounded-md px-2 transition-colors data-hovered:bg-hover data-pressed:bg-pressed",
          "data-focus-visible:outline-2 data-focus-visible:outline-accent",
          isCompact ? `w-full border border-line bg-surface max-sm:h-9 ${touchRoom}` : "max-sm:h-11",
        )}
      >
        {isCompact ? (
          <CompactLabel availability={availability} readAt={readAt} />
        ) : (
          <StatusLabel status={status} />
        )}
        {next && (
          <span title={next} className="min-w-0 truncate text-muted text-sm">
            {isCompact ? <PresetIcon icon={pending.preset?.icon} /> : next}
          </span>
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
      {/* Loaded on open, because a list has a hundred menus. */}
      {isOpen && <StatusMenuItems {...props} />}
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

const later = "later";
const withdraw = "withdraw";

function StatusMenuItems({ agentId, availability, readAt, isBusy, onChange }: StatusMenuProps) {
  const t = useTranslations("availability");
  const duration = useDurationText();
  const own = usePresets();
  const usual = useOfferedPresets();
  const pending = usePendingPreset(agentId, isBusy);
  const [isLater, setLater] = useState(false);
  const when = isBusy && isLater ? "afterConversations" : "now";
  const { status } = availability;
  // Until the workspace's presets are loaded, only "Back now" is offered.
  const chips = usual.filter(({ change }) =>
    change === backNow ? canComeBack(availability, readAt, pageNow()) : own?.length === 0,
  );
  return (
    <Menu
      aria-label={t("setStatus")}
      onAction={(key) => {
        if (key === later) return setLater((before) => !before);
        if (key === withdraw) return onChange({ withdraw: pending?.preset });
        const chip = chips.find(({ id }) => id === key);
        if (chip) return onChange(chip.change);
        const preset = own?.find(({ id }) => id === key);
        if (preset) onChange({ preset, when });
      }}
    >
      {chips.length > 0 && (
        <MenuChips label={t("presetsTitle")}>
          {chips.map(({ id, name, icon }) => (
            <MenuChip key={id} id={id} icon={icon}>
              {name}
            </MenuChip>
          ))}
        </MenuChips>
      )}
      {pending && (
        <MenuSection title={t("pendingPreset.nextHelp")}>
          <MenuItem id={withdraw} icon={<X className="size-4" />}>
            {t("pendingPreset.withdraw", { preset: pending.preset?.name ?? t("pendingPreset.gone") })}
          </MenuItem>
        </MenuSection>
      )}
      {own && own.length > 0 && (
        <MenuSection title={t("presetsTitle")}>
          {isBusy && (
            <MenuItem
              id={later}
              shouldCloseOnSelect={false}
              textValue={t("pendingPreset.afterTitle")}
              aria-label={t(isLater ? "pendingPreset.afterOn" : "pendingPreset.afterOff")}
              icon={isLater ? <SquareCheck className="size-4 text-accent" /> : <Square className="size-4" />}
            >
              {t("pendingPreset.afterTitle")}
            </MenuItem>
          )}
          {own.map((preset) => (
            <MenuItem
              key={preset.id}
              id={preset.id}
              textValue={preset.name}
              icon={<PresetIcon icon={preset.icon} />}
              hint={preset.activityTtl === undefined ? undefined : duration(preset.activityTtl)}
            >
              {preset.name}
            </MenuItem>
          ))}
        </MenuSection>
      )}
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
