"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type FieldErrors, type Resolver, set, type UseFormReturn, useForm, useWatch } from "react-hook-form";
import { showDetails } from "@/components/shell/form-errors";
import { getAgent, patchAgent } from "@/lib/agents/agents/client/calls";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import { agentChangeSchema } from "@/lib/agents/agents/contract";
import { getSchedule, putSchedule } from "@/lib/hours/weeks/client/calls";
import { type Schedule, scheduleDraftSchema } from "@/lib/hours/weeks/contract";
import { agentKeys, hoursKeys, teamKeys } from "@/lib/platform/client/cache-keys";
import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";
import { isSame } from "@/lib/platform/sameness";
import { addTeamMember, removeTeamMember } from "@/lib/workforce/teams/client/calls";
import { type ProfileField, type ProfileValues, profileFields } from "./profile-fields";
import {
  changedFields,
  changeOf,
  mergeValues,
  savedApart,
  take,
  teamMoves,
  valuesOf,
} from "./profile-values";

/** Weekly hours with the tag that `If-Match` needs. */
export interface ReadSchedule {
  data: Schedule;
  etag: string | undefined;
}

/** What the form edits. */
export interface ReadProfile {
  agent: ReadAgent;
  schedule: ReadSchedule;
}

/** The ETags of what the form edits. */
interface Tags {
  agent: string | undefined;
  schedule: string | undefined;
}

/** What the form started from. */
interface Base {
  values: ProfileValues;
  tags: Tags;
}

const baseOf = ({ agent, schedule }: ReadProfile): Base => ({
  values: valuesOf(agent.data, schedule.data),
  tags: { agent: agent.etag, schedule: schedule.etag },
});

/** A conflict: someone else saved the same fields first. */
export interface Conflict {
  fields: ProfileField[];
  mine: ProfileValues;
  theirs: ProfileValues;
  tags: Tags;
}

/** The result of a save. */
export type SaveOutcome =
  | { kind: "saved"; fields: ProfileField[] }
  | { kind: "invalid"; field: ProfileField | undefined }
  | { kind: "conflict" }
  | { kind: "failed"; error: unknown };

export interface ProfileForm {
  form: UseFormReturn<ProfileValues>;
  /** The fields that differ from the saved agent, in the order of the tabs. */
  changed: ProfileField[];
  wrong: ProfileField[];
  /** Edited fields that someone else has saved since. */
  overlap: readonly ProfileField[];
  isSaving: boolean;
  conflict: Conflict | undefined;
  save: () => Promise<SaveOutcome>;
  discard: () => void;
  /** Resolves a conflict: takes their values for these fields and mine for the others, and saves. */
  resolve: (takeTheirs: readonly ProfileField[]) => Promise<SaveOutcome>;
  /** Closes the conflict without saving. */
  postpone: () => void;
}

const none: readonly ProfileField[] = [];

/** Maximum number of times that a save is rebased onto changes by others. */
const attempts = 3;

const isStale = (error: unknown) => error instanceof RequestError && error.status === 412;
const namedIn = (error: unknown, field: ProfileField) =>
  error instanceof RequestError &&
  Object.keys(error.details).some((path) => path === field || path.startsWith(`${field}.`));
const fieldsWrong = (errors: FieldErrors<ProfileValues>) => profileFields.filter((field) => errors[field]);

/**
 * The form of the whole editor. Sends only changed fields and never overwrites changes by others: their
 * changes to other fields are merged silently, changes to the same fields become a conflict.
 */
export function useProfileForm(workspaceId: string, agentId: string, read: ReadProfile): ProfileForm {
  const client = useQueryClient();
  const [base, setBase] = useState<Base>(() => baseOf(read));
  const current = useRef(base);
  const [conflict, setConflict] = useState<Conflict>();
  const [isSaving, setSaving] = useState(false);
  const [overlap, setOverlap] = useState<readonly ProfileField[]>(none);

  const resolver = useCallback<Resolver<ProfileValues>>((values) => {
    const fields = changedFields(current.current.values, values);
    const issues = [
      ...(agentChangeSchema.safeParse(changeOf(fields, values)).error?.issues ?? []),
      ...(fields.includes("schedule")
        ? (scheduleDraftSchema.safeParse(values.schedule).error?.issues ?? []).map(({ path, message }) => ({
            path: ["schedule", ...path],
            message,
          }))
        : []),
    ];
    if (issues.length === 0) return { values, errors: {} };
    const errors: FieldErrors<ProfileValues> = {};
    const seen = new Set<string>();
    for (const { path, message } of issues) {
      const at = path.join(".");
      if (seen.has(at)) continue;
      seen.add(at);
      set(errors, at, { type: "schema", message });
    }
    return { values: {}, errors };
  }, []);

  const form = useForm<ProfileValues>({
    defaultValues: base.values,
    resolver,
    mode: "onTouched",
    shouldFocusError: false,
  });
  const { control, getValues, setValue, setError, clearErrors, handleSubmit } = form;
  const values = useWatch({ control }) as ProfileValues;
  const changed = useMemo(() => changedFields(base.values, values), [base.values, values]);
  const wrong = fieldsWrong(form.formState.errors);

  /** Makes `theirs` the saved state and `shown` the form values. */
  const rebase = useCallback(
    (theirs: ProfileValues, tags: Tags, shown: ProfileValues) => {
      current.current = { values: theirs, tags };
      setBase(current.current);
      setOverlap(none);
      for (const field of profileFields)
        if (getValues(field) !== shown[field]) setValue(field, shown[field] as never);
    },
    [getValues, setValue],
  );

  // Merges a refetched agent into the form unless it changes fields that were edited here. Then the old ETag
  // stays, so that the server rejects the save and the conflict is shown.
  useEffect(() => {
    const { values: theirs, tags } = baseOf(read);
    const merged = mergeValues(current.current.values, getValues(), theirs);
    if (merged.conflicts.length === 0) rebase(theirs, tags, merged.values);
    else setOverlap(merged.conflicts);
  }, [read, getValues, rebase]);

  const params = { workspaceId, agentId };
  const keep = (answer: ReadAgent) =>
    client.setQueryData<ReadAgent>(agentKeys.one(workspaceId, agentId), answer);
  const keepSchedule = (answer: ReadSchedule) =>
    client.setQueryData<ReadSchedule>(hoursKeys.schedule(workspaceId, agentId), answer);

  async function fetchProfile(): Promise<ReadProfile> {
    const [agent, schedule] = await Promise.all([
      request(getAgent, { params }),
      request(getSchedule, { params }),
    ]);
    return { agent, schedule };
  }

  /**
   * Saves the weekly hours. If the time zone was just changed, their tag is another one; then they are read again,
   * to see whether somebody else changed them.
   */
  async function sendSchedule(
    body: ProfileValues["schedule"],
    start: ProfileValues["schedule"],
    tag: Tags["schedule"],
    isTagOld: boolean,
  ) {
    let ifMatch = tag;
    if (isTagOld) {
      const fresh = await request(getSchedule, { params });
      const { always, versions } = fresh.data;
      if (isSame({ always, versions }, start)) ifMatch = fresh.etag;
    }
    return request(putSchedule, { params, body, ...(ifMatch ? { ifMatch } : {}) });
  }

  async function send(attempt: number): Promise<SaveOutcome> {
    const mine = getValues();
    const { values: start, tags } = current.current;
    const fields = changedFields(start, mine);
    const change = changeOf(fields, mine);
    try {
      // What is saved next remains an unsaved change if that fails.
      if (Object.keys(change).length > 0) {
        const answer = await request(patchAgent, {
          params,
          body: change,
          ...(tags.agent ? { ifMatch: tags.agent } : {}),
        });
        const { schedule: _, ...saved } = valuesOf(answer.data, { timezone: "", always: true, versions: [] });
        const unsaved = ({ schedule, teamIds }: ProfileValues) => ({ schedule, teamIds });
        rebase(
          { ...saved, ...unsaved(start) },
          { ...tags, agent: answer.etag },
          { ...saved, ...unsaved(mine) },
        );
        keep(answer);
      }
      if (fields.includes("schedule"))
        keepSchedule(
          await sendSchedule(mine.schedule, start.schedule, tags.schedule, fields.includes("timezone")),
        );
      if (fields.includes("teamIds")) {
        await moveTeams(workspaceId, agentId, teamMoves(start, mine));
        void client.invalidateQueries({ queryKey: teamKeys.all(workspaceId) });
      }
      if (savedApart.some((field) => fields.includes(field)) || fields.includes("timezone")) {
        const fresh = await fetchProfile();
        const saved = baseOf(fresh);
        rebase(saved.values, saved.tags, saved.values);
        keep(fresh.agent);
        keepSchedule(fresh.schedule);
      }
      void client.invalidateQueries({ queryKey: agentKeys.lists(workspaceId) });
      return { kind: "saved", fields };
    } catch (error) {
      if (isStale(error) && attempt < attempts) {
        try {
          const fresh = await fetchProfile();
          const { values: theirs, tags: latest } = baseOf(fresh);
          const merged = mergeValues(current.current.values, getValues(), theirs);
          if (merged.conflicts.length > 0) {
            setConflict({ fields: merged.conflicts, mine: getValues(), theirs, tags: latest });
            return { kind: "conflict" };
          }
          rebase(theirs, latest, merged.values);
          keep(fresh.agent);
          keepSchedule(fresh.schedule);
          return await send(attempt + 1);
        } catch (again) {
          return { kind: "failed", error: again };
        }
      }
      if (showDetails(error, profileFields, setError))
        return { kind: "invalid", field: profileFields.find((field) => namedIn(error, field)) };
      return { kind: "failed", error };
    }
  }

  async function save(): Promise<SaveOutcome> {
    setSaving(true);
    let outcome: SaveOutcome = { kind: "invalid", field: undefined };
    try {
      await handleSubmit(
        async () => {
          outcome = await send(1);
        },
        (errors) => {
          outcome = { kind: "invalid", field: fieldsWrong(errors)[0] };
        },
      )();
      return outcome;
    } finally {
      setSaving(false);
    }
  }

  async function resolve(takeTheirs: readonly ProfileField[]): Promise<SaveOutcome> {
    if (!conflict) return save();
    const { values: shown } = mergeValues(current.current.values, conflict.mine, conflict.theirs);
    for (const field of takeTheirs) take(field, shown, conflict.theirs);
    rebase(conflict.theirs, conflict.tags, shown);
    setConflict(undefined);
    return save();
  }

  return {
    form,
    changed,
    wrong,
    overlap,
    isSaving,
    conflict,
    save,
    resolve,
    postpone: () => setConflict(undefined),
    discard() {
      const { values: latest, tags } = baseOf(read);
      rebase(latest, tags, latest);
      clearErrors();
    },
  };
}

/** Changes only this agent's membership, so that concurrent changes to other members are kept. */
async function moveTeams(
  workspaceId: string,
  agentId: string,
  { join, leave }: { join: string[]; leave: string[] },
): Promise<void> {
  await Promise.all([
    ...join.map((teamId) => request(addTeamMember, { params: { workspaceId, teamId, agentId } })),
    ...leave.map((teamId) => request(removeTeamMember, { params: { workspaceId, teamId, agentId } })),
  ]);
}
