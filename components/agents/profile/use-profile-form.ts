"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type FieldErrors, type Resolver, set, type UseFormReturn, useForm, useWatch } from "react-hook-form";
import { showDetails } from "@/components/shell/form-errors";
import { getAgent, patchAgent } from "@/lib/agents/agents/client/calls";
import type { ReadAgent } from "@/lib/agents/agents/client/queries";
import { type Agent, agentChangeSchema } from "@/lib/agents/agents/contract";
import { agentKeys, teamKeys } from "@/lib/platform/client/cache-keys";
import { RequestError } from "@/lib/platform/client/client";
import { request } from "@/lib/platform/client/request";
import { addTeamMember, removeTeamMember } from "@/lib/workforce/teams/client/calls";
import { type ProfileField, type ProfileValues, profileFields } from "./profile-fields";
import { changedFields, changeOf, mergeValues, take, teamMoves, valuesOf } from "./profile-values";

/** The agent that the form started from, and its ETag. */
interface Base {
  values: ProfileValues;
  etag: string | undefined;
}

/** A conflict: someone else saved the same fields first. */
export interface Conflict {
  fields: ProfileField[];
  mine: ProfileValues;
  theirs: ProfileValues;
  etag: string | undefined;
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
  isSaving: boolean;
  conflict: Conflict | undefined;
  save: () => Promise<SaveOutcome>;
  discard: () => void;
  /** Resolves a conflict: takes their values for these fields and mine for the others, and saves. */
  resolve: (takeTheirs: readonly ProfileField[]) => Promise<SaveOutcome>;
  /** Closes the conflict without saving. */
  postpone: () => void;
}

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
export function useProfileForm(workspaceId: string, agentId: string, read: ReadAgent): ProfileForm {
  const client = useQueryClient();
  const [base, setBase] = useState<Base>(() => ({ values: valuesOf(read.data), etag: read.etag }));
  const current = useRef(base);
  const [conflict, setConflict] = useState<Conflict>();
  const [isSaving, setSaving] = useState(false);

  const resolver = useCallback<Resolver<ProfileValues>>((values) => {
    const result = agentChangeSchema.safeParse(
      changeOf(changedFields(current.current.values, values), values),
    );
    if (result.success) return { values, errors: {} };
    const errors: FieldErrors<ProfileValues> = {};
    const seen = new Set<string>();
    for (const { path, message } of result.error.issues) {
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
    (theirs: ProfileValues, etag: string | undefined, shown: ProfileValues) => {
      current.current = { values: theirs, etag };
      setBase(current.current);
      for (const field of profileFields)
        if (getValues(field) !== shown[field]) setValue(field, shown[field] as never);
    },
    [getValues, setValue],
  );

  // Merges a refetched agent into the form unless it changes fields that were edited here. Then the old ETag
  // stays, so that the server rejects the save and the conflict is shown.
  useEffect(() => {
    const theirs = valuesOf(read.data);
    const merged = mergeValues(current.current.values, getValues(), theirs);
    if (merged.conflicts.length === 0) rebase(theirs, read.etag, merged.values);
  }, [read, getValues, rebase]);

  const keep = useCallback(
    (answer: ReadAgent) => client.setQueryData<ReadAgent>(agentKeys.one(workspaceId, agentId), answer),
    [client, workspaceId, agentId],
  );

  async function send(attempt: number): Promise<SaveOutcome> {
    const mine = getValues();
    const { values: start, etag } = current.current;
    const fields = changedFields(start, mine);
    const change = changeOf(fields, mine);
    const params = { workspaceId, agentId };
    try {
      let answer: { data: Agent; etag: string | undefined } | undefined;
      if (Object.keys(change).length > 0) {
        answer = await request(patchAgent, { params, body: change, ...(etag ? { ifMatch: etag } : {}) });
        const saved = valuesOf(answer.data);
        // Teams are saved next; if that fails, they remain unsaved changes.
        rebase({ ...saved, teamIds: start.teamIds }, answer.etag, { ...saved, teamIds: mine.teamIds });
        keep(answer);
      }
      if (fields.includes("teamIds")) {
        await moveTeams(workspaceId, agentId, teamMoves(start, mine));
        answer = await request(getAgent, { params });
        void client.invalidateQueries({ queryKey: teamKeys.all(workspaceId) });
      }
      if (answer) {
        const saved = valuesOf(answer.data);
        rebase(saved, answer.etag, saved);
        keep(answer);
      }
      void client.invalidateQueries({ queryKey: agentKeys.lists(workspaceId) });
      return { kind: "saved", fields };
    } catch (error) {
      if (isStale(error) && attempt < attempts) {
        try {
          const fresh = await request(getAgent, { params });
          const theirs = valuesOf(fresh.data);
          const merged = mergeValues(current.current.values, getValues(), theirs);
          if (merged.conflicts.length > 0) {
            setConflict({ fields: merged.conflicts, mine: getValues(), theirs, etag: fresh.etag });
            return { kind: "conflict" };
          }
          rebase(theirs, fresh.etag, merged.values);
          keep(fresh);
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
    rebase(conflict.theirs, conflict.etag, shown);
    setConflict(undefined);
    return save();
  }

  return {
    form,
    changed,
    wrong,
    isSaving,
    conflict,
    save,
    resolve,
    postpone: () => setConflict(undefined),
    discard() {
      const latest = valuesOf(read.data);
      rebase(latest, read.etag, latest);
      clearErrors();
    },
  };
}

/** Changes only this agent's memberships, so that concurrent changes to other members are kept. */
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
