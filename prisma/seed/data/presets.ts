import type { Settings } from "./settings";

/** Common activities of teams besides conversations. */
export const commonPresets = [
  {
    name: "Lunch",
    icon: "🍽️",
    status: "active",
    activity: "onBreak",
    activityTtl: 30 * 60,
    activityText: "Lunch",
  },
  { name: "Short break", icon: "☕", status: "active", activity: "onBreak", activityTtl: 15 * 60 },
  { name: "Team meeting", icon: "👥", status: "active", activity: "inMeeting", activityTtl: 60 * 60 },
  { name: "Training", icon: "🎓", status: "away", activity: "busy", activityText: "Training" },
  { name: "Project work", icon: "🛠️", status: "away", activity: "busy", activityText: "Project work" },
] as const satisfies Settings["presets"];
