import {
  createAgent,
  deleteAgent,
  getAgent,
  listAgents,
  listAllAgents,
  patchAgent,
} from "@/lib/agents/contract";
import { createToken, getKeySet } from "@/lib/auth/contract";
import { getAvailability, patchAvailability } from "@/lib/availability/contract";
import { getCapacityRule, listCapacityRules } from "@/lib/capacity/contract";
import { getHealth } from "@/lib/health/contract";
import { getOpenApi } from "@/lib/reference/contract";
import { getRole, listRoles } from "@/lib/roles/contract";
import { getSenderProfile, listSenderProfiles } from "@/lib/senders/contract";
import { getSkill, listSkills } from "@/lib/skills/contract";
import { getTeam, listTeams } from "@/lib/teams/contract";
import { getWorkload } from "@/lib/workload/contract";
import { listWorkspaces } from "@/lib/workspaces/contract";

/** Every operation of the product, in the order of the reference. */
export const operations = [
  listAgents,
  createAgent,
  getAgent,
  patchAgent,
  deleteAgent,
  listAllAgents,
  getAvailability,
  patchAvailability,
  getWorkload,
  listTeams,
  getTeam,
  listSkills,
  getSkill,
  listCapacityRules,
  getCapacityRule,
  listSenderProfiles,
  getSenderProfile,
  listRoles,
  getRole,
  listWorkspaces,
  createToken,
  getKeySet,
  getHealth,
  getOpenApi,
] as const;
