import { agentNotFound } from "@/lib/access/auth/server/agent-reference";
import type { PlannedChange } from "@/lib/agents/coverage/changes-contract";
import type { Database } from "@/lib/platform/database/db";
import { ApiError, type ErrorDetails } from "@/lib/platform/http/errors";
import type { AuthorizedWorkspaceId } from "@/lib/platform/ids";

type Noun = "team" | "skill" | "skillValue" | "rotation" | "timeOffType";

/** An id in a change. The value of a skill is `skillId/valueId`. */
interface Reference {
  noun: Noun;
  id: string;
  path: string;
  /** The first date (`YYYY-MM-DD`) of a rotation must not be after this one. */
  until?: string | undefined;
}

const messages: Record<Noun, string> = {
  team: "is not a team in this workspace.",
  skill: "is not a skill in this workspace.",
  skillValue: "is not a value of this skill.",
  rotation: "is not a rotation in this workspace.",
  timeOffType: "is not a time off type in this workspace.",
};

/** Checks the ids in planned changes, for previews and for change sets. */
export function createChangeReferences(db: Pick<Database, "query">) {
  return {
    /** Throws `InvalidCoverageChange` for ids that are not in the workspace, except those of agents. */
    async require(workspaceId: AuthorizedWorkspaceId, changes: readonly PlannedChange[]): Promise<void> {
      const wanted = changes.flatMap(referencesOf);
      if (wanted.length === 0) return;
      const idsOf = (noun: Noun) => wanted.flatMap((one) => (one.noun === noun ? one.id : []));
      const rows = await db.query<{ noun: Noun; id: string; startDate: string | null }>(
        `SELECT 'team' AS noun, id::text, NULL AS "startDate" FROM teams
           WHERE workspace_id = :workspaceId::uuid AND id = ANY(:teams::uuid[])
         UNION ALL SELECT 'skill', id::text, NULL FROM skills
           WHERE workspace_id = :workspaceId::uuid AND id = ANY(:skills::uuid[])
         UNION ALL SELECT 'skillValue', skill_id || '/' || id, NULL FROM skill_values
           WHERE workspace_id = :workspaceId::uuid AND skill_id = ANY(:skills::uuid[])
             AND skill_id || '/' || id = ANY(:skillValues::text[])
         UNION ALL SELECT 'rotation', id::text, to_char(start_date, 'YYYY-MM-DD') FROM rotations
           WHERE workspace_id = :workspaceId::uuid AND id = ANY(:rotations::uuid[])
         UNION ALL SELECT 'timeOffType', id::text, NULL FROM time_off_types
           WHERE workspace_id = :workspaceId::uuid AND id = ANY(:timeOffTypes::uuid[])`,
        {
          workspaceId,
          teams: idsOf("team"),
          skills: idsOf("skill"),
          skillValues: idsOf("skillValue"),
          rotations: idsOf("rotation"),
          timeOffTypes: idsOf("timeOffType"),
        },
      );
      const known = new Map(rows.map((row) => [`${row.noun} ${row.id}`, row]));
      const details: ErrorDetails = {};
      for (const { noun, id, path, until } of wanted) {
        const found = known.get(`${noun} ${id}`);
        if (!found) details[path] = [messages[noun]];
        else if (until !== undefined && found.startDate !== null && until < found.startDate)
          details[path.replace(/rotationId$/, "until")] = [
            `must not be before the rotation starts (${found.startDate}).`,
          ];
      }
      refuse(details);
    },
  };
}

export type ChangeReferences = ReturnType<typeof createChangeReferences>;

function refuse(details: ErrorDetails): void {
  const paths = Object.keys(details);
  if (paths.length === 0) return;
  throw new ApiError(
    "InvalidCoverageChange",
    `Some changes are not valid. Check ${paths.slice(0, 5).join(", ")}${paths.length > 5 ? " …" : ""}.`,
    { details },
  );
}

function referencesOf(change: PlannedChange, index: number): Reference[] {
  const path = (name: string) => `changes.${index}.${name}`;
  switch (change.type) {
    case "team":
      return [{ noun: "team", id: change.teamId, path: path("teamId") }];
    case "skill":
      return [
        { noun: "skill", id: change.skillId, path: path("skillId") },
        ...(change.valueIds ?? []).map(
          (id, place): Reference => ({
            noun: "skillValue",
            id: `${change.skillId}/${id}`,
            path: path(`valueIds.${place}`),
          }),
        ),
      ];
    case "rotation":
      if (change.rotationId === null) return [];
      return [{ noun: "rotation", id: change.rotationId, path: path("rotationId"), until: change.until }];
    case "timeOff":
      if (change.typeId === undefined) return [];
      return [{ noun: "timeOffType", id: change.typeId, path: path("typeId") }];
    default:
      return [];
  }
}

/** Creates the error for changes of agents who are not in the workspace. */
export function unknownAgentsOf(
  changes: readonly Pick<PlannedChange, "agentId">[],
  known: ReadonlySet<string>,
): ApiError {
  const { code, message } = agentNotFound();
  const details = changes.flatMap(({ agentId }, index) =>
    known.has(agentId) ? [] : [[`changes.${index}.agentId`, ["is not an agent in this workspace."]]],
  );
  return new ApiError(code, message, { details: Object.fromEntries(details) });
}
