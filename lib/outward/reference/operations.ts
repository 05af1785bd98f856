import {
  createAccessKey,
  deleteAccessKey,
  getAccessKey,
  listAccessKeys,
  patchAccessKey,
} from "@/lib/access/access-keys/contract";
import { changePassword, createToken, getKeySet } from "@/lib/access/auth/contract";
import { forgotPassword, resetPassword } from "@/lib/access/password-resets/contract";
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
} from "@/lib/access/people/contract";
import {
  createRole,
  deleteRole,
  getRole,
  getRoleUsage,
  listRoles,
  patchRole,
} from "@/lib/access/roles/contract";
import { endOtherSessions, endSession, listSessions } from "@/lib/access/sessions/contract";
import {
  createAgent,
  deleteAgent,
  getAgent,
  listAgents,
  listAllAgents,
  patchAgent,
} from "@/lib/agents/agents/contract";
import { getAttention } from "@/lib/agents/attention/contract";
import { getInboxAvailability, listCandidates } from "@/lib/agents/inbox/contract";
import { createView, deleteView, getView, listViews, patchView } from "@/lib/agents/views/contract";
import { getAvailability, patchAvailability } from "@/lib/availability/declared/contract";
import {
  explainAvailability,
  getAvailabilityPolicy,
  patchAvailabilityPolicy,
  previewAvailabilityPolicy,
} from "@/lib/availability/effective/contract";
import { listVerdicts } from "@/lib/availability/effective/verdicts-contract";
import {
  deletePresenceSession,
  endPresenceSession,
  getPresence,
  listPresenceSessions,
  putPresenceSession,
} from "@/lib/availability/presence/contract";
import {
  createStatus,
  deletePreset,
  deleteStatus,
  getStatus,
  getStatusUsage,
  listStatuses,
  patchStatus,
  putPreset,
} from "@/lib/availability/presets/contract";
import { listSpans } from "@/lib/availability/spans/contract";
import { getWorkload } from "@/lib/availability/workload/contract";
import { listHolidayCountries, listPublicHolidays } from "@/lib/hours/public-holidays/contract";
import { getDemo, patchDemo } from "@/lib/outward/demo/contract";
import { getHealth, getLiveness, getReadiness } from "@/lib/outward/health/contract";
import { getOpenApi } from "@/lib/outward/reference/contract";
import { listEvents } from "@/lib/platform/events/contract";
import { listAuditEvents } from "@/lib/records/audit/contract";
import { listAgentChanges, listChanges } from "@/lib/records/ledger/contract";
import {
  assignCapacityRule,
  createCapacityRule,
  deleteCapacityRule,
  getCapacityRule,
  getCapacityRuleUsage,
  listCapacityRules,
  patchCapacityRule,
  unassignCapacityRule,
} from "@/lib/workforce/capacity/contract";
import { downloadMedia, presignAudio, presignAvatar } from "@/lib/workforce/media/contract";
import {
  createSenderProfile,
  deleteSenderProfile,
  getSenderProfile,
  getSenderProfileUsage,
  listSenderProfiles,
  patchSenderProfile,
} from "@/lib/workforce/senders/contract";
import {
  createSkill,
  deleteSkill,
  getSkill,
  getSkillUsage,
  listSkills,
  patchSkill,
} from "@/lib/workforce/skills/contract";
import {
  addTeamMember,
  createTeam,
  deleteTeam,
  getTeam,
  getTeamUsage,
  listTeams,
  patchTeam,
  removeTeamMember,
} from "@/lib/workforce/teams/contract";
import { listWorkspaces } from "@/lib/workforce/workspaces/contract";

/** All API operations, in the order of the reference. */
export const operations = [
  listAgents,
  createAgent,
  getAgent,
  patchAgent,
  deleteAgent,
  listAllAgents,
  getAvailability,
  patchAvailability,
  putPreset,
  deletePreset,
  explainAvailability,
  listCandidates,
  getInboxAvailability,
  getAttention,
  getAvailabilityPolicy,
  patchAvailabilityPolicy,
  previewAvailabilityPolicy,
  listVerdicts,
  listSpans,
  listStatuses,
  createStatus,
  getStatus,
  patchStatus,
  deleteStatus,
  getStatusUsage,
  getWorkload,
  getPresence,
  listPresenceSessions,
  putPresenceSession,
  deletePresenceSession,
  endPresenceSession,
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
  listEvents,
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
  getDemo,
  patchDemo,
  getHealth,
  getLiveness,
  getReadiness,
  getOpenApi,
] as const;
