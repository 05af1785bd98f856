import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";

const stripes = (angle: number, color: string, width: number, gap: number) =>
  `repeating-linear-gradient(${angle}deg, var(--${color}) 0 ${width}px, transparent ${width}px ${width + gap}px)`;

/** CSS backgrounds. Each value has its own pattern, so that none is conveyed by color alone. */
export const statusPatterns: Record<AgentStatus, string> = {
  active: "var(--active)",
  away: stripes(135, "away", 4, 3),
  offline: "var(--sunken)",
};

export const activityPatterns: Record<Activity, string> = {
  available: "var(--sunken)",
  busy: `${stripes(45, "accent", 1, 4)}, ${stripes(135, "accent", 1, 4)}`,
  onCall: "var(--accent)",
  wrapUp: "radial-gradient(var(--accent) 1.5px, transparent 1.75px) 0 0 / 6px 6px",
  onBreak: stripes(135, "accent", 3, 3),
  inMeeting: stripes(90, "accent", 2, 3),
};
