import type { Activity, AgentStatus } from "@/lib/availability/declared/contract";
import type { Permission } from "@/lib/platform/security/permissions";

interface TeamData {
  name: string;
  description?: string;
  visibility: "public" | "private";
}

interface SkillData {
  name: string;
  description?: string;
  valueType: "single" | "multiple";
  values: readonly (readonly [value: string, icon?: string])[];
}

interface CapacityRuleData {
  name: string;
  description: string;
  isDefault?: true;
  messaging: number;
  email: number;
}

interface SenderData {
  name: string;
  username: string;
  domain: string;
  signature?: string;
}

interface PresetData {
  name: string;
  icon: string;
  status: AgentStatus;
  activity: Activity;
  /** Seconds. */
  activityTtl?: number;
  activityText?: string;
}

interface RoleData {
  name: string;
  permissions: readonly Permission[];
}

export interface Settings {
  name: string;
  slug: string;
  timezone: string;
  roles: readonly RoleData[];
  teams: readonly TeamData[];
  skills: readonly SkillData[];
  capacityRules: readonly CapacityRuleData[];
  senders: readonly SenderData[];
  presets: readonly PresetData[];
}
