import { call } from "@/lib/platform/client/call";
import type * as contract from "@/lib/workforce/teams/contract";

const many = "/api/workspaces/{workspaceId}/teams";
const one = `${many}/{teamId}` as const;

export const listTeams = call<typeof contract.listTeams>("GET", many);
export const createTeam = call<typeof contract.createTeam>("POST", many);
export const getTeam = call<typeof contract.getTeam>("GET", one);
export const patchTeam = call<typeof contract.patchTeam>("PATCH", one);
export const deleteTeam = call<typeof contract.deleteTeam>("DELETE", one);
export const addTeamMember = call<typeof contract.addTeamMember>("PUT", `${one}/members/{agentId}`);
export const removeTeamMember = call<typeof contract.removeTeamMember>("DELETE", `${one}/members/{agentId}`);
export const getTeamUsage = call<typeof contract.getTeamUsage>("GET", `${one}/usage`);
