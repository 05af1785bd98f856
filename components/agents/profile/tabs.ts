import type { ProfileField } from "./profile-values";

/** The tabs of the editor, by their name in the URL. */
export const profileTabs = [
  "profile",
  "availability",
  "schedule",
  "holidays",
  "skills",
  "voice",
  "workload",
  "history",
] as const;

export type ProfileTab = (typeof profileTabs)[number];

const homes: Record<ProfileField, ProfileTab> = {
  name: "profile",
  bio: "profile",
  timezone: "profile",
  defaultCountryCode: "profile",
  defaultSenderId: "profile",
  outOfOfficeResponse: "profile",
  weeklySchedule: "schedule",
  holidays: "holidays",
  assignedSkills: "skills",
  teamIds: "skills",
  defaultCallerId: "voice",
  forwardNumber: "voice",
  transcriptionLocale: "voice",
  dropVms: "voice",
  wrapUpTime: "workload",
};

/** Returns the tab of a field. */
export const tabOf = (field: ProfileField): ProfileTab => homes[field];
