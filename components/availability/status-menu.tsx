"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { classes } from "@/components/ui/classes";
import { Menu, MenuItem } from "@/components/ui/menu";
import { type Mark, StatusMark } from "@/components/ui/status-mark";
import type { AgentStatus } from "@/lib/availability/contract";
import { agentStatuses } from "@/lib/availability/values";

/** The mark of each status: told apart by shape, not by colour alone. */
export const statusMarks: Record<AgentStatus, Mark> = { active: "full", away: "half", offline: "ring" };

/** A status as a mark and its word. */
export function StatusLabel({ status }: { status: AgentStatus }) {
  const t = useTranslations("availability.status");
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StatusMark mark={statusMarks[status]} />
      {t(status)}
    </span>
  );
}

/** A status that is set with two presses. */
export function StatusMenu({
  status,
  agentName,
  onChange,
  look = "quiet",
}: {
  status: AgentStatus;
  /** Whose status it is, for the name of the button. */
  agentName: string;
  onChange: (status: AgentStatus) => void;
  look?: "quiet" | "bordered";
}) {
  const t = useTranslations("availability");
  return (
    <MenuTrigger>
      <Button
        aria-label={t("statusOf", { name: agentName, status: t(`status.${status}`) })}
        className={classes(
          "group inline-flex h-7 items-center gap-1.5 rounded-md px-2 transition-colors data-hovered:bg-hover data-pressed:bg-pressed max-sm:h-9",
          "data-focus-visible:outline-2 data-focus-visible:outline-accent",
          look === "bordered" && "border border-line bg-surface",
        )}
      >
        <StatusLabel status={status} />
        <ChevronDown
          aria-hidden="true"
          className={classes(
            "size-3.5 text-muted",
            look === "quiet" &&
              "opacity-0 group-data-focus-visible:opacity-100 group-data-hovered:opacity-100",
          )}
        />
      </Button>
      <Menu
        aria-label={t("setStatus")}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[status]}
        onSelectionChange={(keys) => {
          const [chosen] = keys === "all" ? [] : keys;
          const next = agentStatuses.find((each) => each === chosen);
          if (next && next !== status) onChange(next);
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
      </Menu>
    </MenuTrigger>
  );
}
