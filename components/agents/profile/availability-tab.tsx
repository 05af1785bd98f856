"use client";

import { DayTimeline } from "@/components/availability/timeline/day-timeline";
import { useProfile } from "./profile-context";
import { TimeQuestion } from "./time-question";

/** Shows what the agent can take at any time, and what they declared during a day. */
export function AvailabilityTab() {
  const { workspaceId, agent } = useProfile();
  return (
    <div className="flex flex-col gap-10">
      <TimeQuestion />
      <DayTimeline workspaceId={workspaceId} agentId={agent.id} timezone={agent.timezone} />
    </div>
  );
}
