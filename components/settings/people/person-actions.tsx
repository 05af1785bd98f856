"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmAction } from "@/components/settings/kit/confirm-action";
import { useNotes } from "@/components/settings/kit/notes";
import { OneTimeSecret } from "@/components/settings/kit/one-time-secret";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { notify } from "@/components/ui/toast";
import {
  useChangePerson,
  useRemovePerson,
  useResendInvitation,
  useResetPassword,
} from "@/lib/access/people/client/queries";
import type { InvitedUser, User } from "@/lib/access/people/contract";
import { useMakeAgentFor } from "@/lib/agents/agents/client/for-person";

/** Actions on a person other than editing roles. */
export interface PersonActions {
  resend: (person: User) => void;
  resetPassword: (person: User) => void;
  suspend: (person: User) => void;
  restore: (person: User) => void;
  makeAgent: (person: User) => void;
  remove: (person: User) => void;
  /** Shows a newly created link. */
  showLink: (invited: InvitedUser) => void;
  /** Dialogs of the actions. Must be rendered exactly once. */
  dialogs: ReactNode;
}

/** Returns the actions on people. `onRemoved` is called after a person was removed. */
export function usePersonActions(onRemoved: () => void): PersonActions {
  const t = useTranslations("settings.people");
  const { workspace, href } = useWorkspace();
  const router = useRouter();
  const change = useChangePerson(workspace.id);
  const resend = useResendInvitation(workspace.id);
  const makeAgent = useMakeAgentFor(workspace.id);
  const notes = useNotes();
  const problemText = useProblemText();
  const [suspended, setSuspended] = useState<User>();
  const [removed, setRemoved] = useState<User>();
  const [link, setLink] = useState<InvitedUser>();
  const resetPassword = useResetPassword(workspace.id);
  const [reset, setReset] = useState<{ person: User; url: string }>();

  const setStatus = (person: User, status: "active" | "suspended") =>
    change.mutateAsync({ id: person.id, change: { status } });

  return {
    suspend: setSuspended,
    remove: setRemoved,
    showLink: setLink,
    resend: (person) =>
      resend.mutate(person.id, {
        onSuccess: (invited) =>
          invited.inviteUrl
            ? setLink(invited)
            : notify({ kind: "success", title: t("invitationSent", { email: invited.email }) }),
        onError: (error) => notify({ kind: "error", title: t("notResent"), detail: problemText(error) }),
      }),
    resetPassword: (person) =>
      resetPassword.mutate(person.id, {
        onSuccess: ({ resetUrl }) =>
          resetUrl
            ? setReset({ person, url: resetUrl })
            : notify({ kind: "success", title: t("resetSent", { email: person.email }) }),
        onError: (error) => notify({ kind: "error", title: t("notReset"), detail: problemText(error) }),
      }),
    restore: (person) =>
      void setStatus(person, "active").then(
        () =>
          notify({
            kind: "success",
            title: t("restored", { name: person.name }),
            detail: person.agentId ? t("agentStaysOffline") : undefined,
          }),
        notes.failed,
      ),
    makeAgent: (person) =>
      makeAgent.mutate(
        { userId: person.id, name: person.name },
        {
          onSuccess: ({ agentId }) =>
            notify({
              kind: "success",
              title: t("agentMade", { name: person.name }),
              action: { label: t("open"), run: () => router.push(href(`/agents/${agentId}`)) },
            }),
          onError: notes.failed,
        },
      ),
    dialogs: (
      <>
        {link?.inviteUrl && (
          <OneTimeSecret
            title={t("linkTitle", { name: link.name })}
            text={t("linkText", { email: link.email })}
            label={t("linkLabel")}
            value={link.inviteUrl}
            onClose={() => setLink(undefined)}
          />
        )}
        {reset && (
          <OneTimeSecret
            title={t("resetTitle", { name: reset.person.name })}
            text={t("resetText", { email: reset.person.email })}
            label={t("linkLabel")}
            value={reset.url}
            onClose={() => setReset(undefined)}
          />
        )}
        {suspended && (
          <SuspendPerson
            person={suspended}
            onConfirm={async () => {
              await setStatus(suspended, "suspended");
              notify({ kind: "success", title: t("suspended", { name: suspended.name }) });
            }}
            onClose={() => setSuspended(undefined)}
          />
        )}
        {removed && (
          <RemovePerson person={removed} onRemoved={onRemoved} onClose={() => setRemoved(undefined)} />
        )}
      </>
    ),
  };
}

function SuspendPerson({
  person,
  onConfirm,
  onClose,
}: {
  person: User;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}) {
  const t = useTranslations("settings.people");
  const { user } = useWorkspace();
  return (
    <ConfirmAction
      title={t("suspendTitle", { name: person.name })}
      action={t("suspend")}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>{t("suspendText")}</p>
      {person.agentId && <p>{t("suspendAgent")}</p>}
      {person.id === user.id && <p className="font-medium">{t("suspendSelf")}</p>}
    </ConfirmAction>
  );
}

function RemovePerson({
  person,
  onRemoved,
  onClose,
}: {
  person: User;
  onRemoved: () => void;
  onClose: () => void;
}) {
  const t = useTranslations("settings.people");
  const refusals = useTranslations("errors.refusals");
  const ui = useTranslations("ui");
  const { workspace, user, can } = useWorkspace();
  const remove = useRemovePerson(workspace.id);
  const title = t(person.status === "invited" ? "withdrawTitle" : "removeTitle", { name: person.name });
  const hindrance =
    person.agentId && person.id === user.id
      ? refusals("OwnAgent")
      : person.agentId && !can("agents.delete")
        ? t("removeNeedsDelete")
        : undefined;
  if (hindrance)
    return (
      <Dialog
        title={title}
        role="alertdialog"
        width="small"
        isOpen
        onOpenChange={onClose}
        footer={
          <Button autoFocus onPress={onClose}>
            {ui("close")}
          </Button>
        }
      >
        <p>{hindrance}</p>
      </Dialog>
    );
  return (
    <ConfirmAction
      title={title}
      action={t(person.status === "invited" ? "withdraw" : "remove")}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(person.id);
        onRemoved();
        notify({ kind: "success", title: t("removed", { name: person.name }) });
      }}
    >
      <p>{t(person.status === "invited" ? "withdrawText" : "removeText")}</p>
      {person.agentId && <p className="font-medium">{t("removeAgent")}</p>}
    </ConfirmAction>
  );
}
