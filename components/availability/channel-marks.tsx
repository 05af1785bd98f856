"use client";

import { Mail, MessageSquare, Phone } from "lucide-react";
import { classes } from "@/components/ui/classes";
import { channels } from "@/lib/availability/effective/channels";
import type { AgentVerdict } from "@/lib/availability/effective/verdicts-contract";

const icons = { messaging: MessageSquare, email: Mail, voice: Phone } as const;
/** An icon for each channel. A closed one is crossed out. Its text is next to it or in a label. */
export function ChannelMarks({ closedBy }: { closedBy: AgentVerdict["closedBy"] | undefined }) {
  return (
    <span aria-hidden="true" className="flex items-center gap-1">
      {channels.map((channel) => {
        const Icon = icons[channel];
        const isOpen = closedBy?.[channel].length === 0;
        return (
          <span
            key={channel}
            className={classes(
              "relative flex size-5 items-center justify-center rounded",
              closedBy === undefined
                ? "text-line"
                : isOpen
                  ? "bg-success-soft text-success"
                  : "text-muted after:absolute after:h-0.5 after:w-5 after:-rotate-45 after:rounded-full after:bg-muted after:ring-1 after:ring-surface",
            )}
          >
            <Icon className="size-4" />
          </span>
        );
      })}
    </span>
  );
}
