import {
  createAccessKey,
  deleteAccessKey,
  getAccessKey,
  listAccessKeys,
  patchAccessKey,
} from "@/lib/access-keys/contract";
import {
  createAgent,
  deleteAgent,
  getAgent,
  listAgents,
  listAllAgents,
  patchAgent,
} from "@/lib/agents/contract";
import { listAuditEvents } from "@/lib/audit/contract";
import { changePassword, createToken, getKeySet } from "@/lib/auth/contract";
import { getAvailability, patchAvailability } from "@/lib/availability/contract";
import {
  assignCapacityRule,
  createCapacityRule,
  deleteCapacityRule,
  getCapacityRule,
  getCapacityRuleUsage,
  listCapacityRules,
  patchCapacityRule,
  unassignCapacityRule,
} from "@/lib/capacity/contract";
import { getHealth } from "@/lib/health/contract";
import { listHolidayCountries, listPublicHolidays } from "@/lib/holidays/contract";
import { listAgentChanges, listChanges } from "@/lib/ledger/contract";
import { downloadMedia, presignAudio, presignAvatar } from "@/lib/media/contract";
import { forgotPassword, resetPassword } from "@/lib/password-resets/contract";
import {
  acceptInvitation,
  createPasswordReset,
  deleteUser,
  getMembership,
  getUser,
  inviteUser,
  listSuspendedAgents,
  listUsers,
  patchUser,
  resendInvitation,
} from "@/lib/people/contract";
import { getOpenApi } from "@/lib/reference/contract";
import { createRole, deleteRole, getRole, getRoleUsage, listRoles, patchRole } from "@/lib/roles/contract";
import {
  createSenderProfile,
  deleteSenderProfile,
  getSenderProfile,
  getSenderProfileUsage,
  listSenderProfiles,
  patchSenderProfile,
} from "@/lib/senders/contract";
import { endOtherSessions, endSession, listSessions } from "@/lib/sessions/contract";
import {
  createSkill,
  deleteSkill,
  getSkill,
  getSkillUsage,
  listSkills,
  patchSkill,
} from "@/lib/skills/contract";
import {
  addTeamMember,
  createTeam,
  deleteTeam,
  getTeam,
  getTeamUsage,
  listTeams,
  patchTeam,
  removeTeamMember,
} from "@/lib/teams/contract";
import { createView, deleteView, getView, listViews, patchView } from "@/lib/views/contract";
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
  presignAvatar,
  presignAudio,
  downloadMedia,
  listTeams,
  createTeam,
  getTeam,
  patchTeam,
  deleteTeam,
  addTeamMember,
  removeTeamMember,
  getTeamUsage,
  listSkills,
  createSkill,
  getSkill,
  patchSkill,
  deleteSkill,
  getSkillUsage,
  listCapacityRules,
  createCapacityRule,
  getCapacityRule,
  patchCapacityRule,
  deleteCapacityRule,
  assignCapacityRule,
  unassignCapacityRule,
  getCapacityRuleUsage,
  listSenderProfiles,
  createSenderProfile,
  getSenderProfile,
  patchSenderProfile,
  deleteSenderProfile,
  getSenderProfileUsage,
  listRoles,
  createRole,
  getRole,
  patchRole,
  deleteRole,
  getRoleUsage,
  listViews,
  createView,
  getView,
  patchView,
  deleteView,
  listChanges,
  listAgentChanges,
  listAuditEvents,
  getMembership,
  listUsers,
  inviteUser,
  getUser,
  patchUser,
  deleteUser,
  resendInvitation,
  listSuspendedAgents,
  createPasswordReset,
  acceptInvitation,
  listAccessKeys,
  createAccessKey,
  getAccessKey,
  patchAccessKey,
  deleteAccessKey,
  listWorkspaces,
  listHolidayCountries,
  listPublicHolidays,
  createToken,
  changePassword,
  forgotPassword,
  resetPassword,
  listSessions,
  endSession,
  endOtherSessions,
  getKeySet,
  getHealth,
  getOpenApi,
] as const;
