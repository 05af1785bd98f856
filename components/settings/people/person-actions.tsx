"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { ConfirmAction } from "@/components/settings/kit/confirm-action";
import { useNotes } from "@/components/settings/kit/notes";
import { Notice } from "@/components/settings/kit/notice";
import { OneTimeSecret } from "@/components/settings/kit/one-time-secret";
import { usePage } from "@/components/settings/kit/page-context";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import {
  useChangePerson,
  useRemovePerson,
  useResendInvitation,
  useResetPassword,
} from "@/lib/access/people/client/queries";
import type { InvitedUser, User } from "@/lib/access/people/contract";
import { useMakeAgentFor } from "@/lib/agents/agents/client/for-person";

/** Returns the actions on a person other than editing roles and removal. */
export function usePersonActions() {
  const t = useTranslations("settings.people");
  const { workspace, href } = useWorkspace();
  const router = useRouter();
  const { show } = usePage();
  const change = useChangePerson(workspace.id);
  const resend = useResendInvitation(workspace.id);
  const resetPassword = useResetPassword(workspace.id);
  const makeAgent = useMakeAgentFor(workspace.id);
  const notes = useNotes();
  const problemText = useProblemText();

  /** Shows the link of an invitation, if the server sends no email. */
  function showInvited({ name, email, inviteUrl }: InvitedUser) {
    if (!inviteUrl) return notify({ kind: "success", title: t("invitationSent", { email }) });
    show(
      <OneTimeSecret
        title={t("linkTitle", { name })}
        text={t("linkText", { email })}
        label={t("linkLabel")}
        value={inviteUrl}
      />,
    );
  }

  return {
    showInvited,
    suspend: (person: User) => show(<SuspendPerson person={person} />),
    resend: (person: User) =>
      resend.mutate(person.id, {
        onSuccess: showInvited,
        onError: (error) => notify({ kind: "error", title: t("notResent"), detail: problemText(error) }),
      }),
    resetPassword: ({ id, name, email }: User) =>
      resetPassword.mutate(id, {
        onSuccess: ({ resetUrl }) =>
          resetUrl
            ? show(
                <OneTimeSecret
                  title={t("resetTitle", { name })}
                  text={t("resetText", { email })}
                  label={t("linkLabel")}
                  value={resetUrl}
                />,
              )
            : notify({ kind: "success", title: t("resetSent", { email }) }),
        onError: (error) => notify({ kind: "error", title: t("notReset"), detail: problemText(error) }),
      }),
    restore: (person: User) =>
      void change.mutateAsync({ id: person.id, change: { status: "active" } }).then(
        () =>
          notify({
            kind: "success",
            title: t("restored", { name: person.name }),
            detail: person.agentId ? t("agentStaysOffline") : undefined,
          }),
        notes.failed,
      ),
    makeAgent: (person: User) =>
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
  };
}

function SuspendPerson({ person: { id, name, agentId } }: { person: User }) {
  const t = useTranslations("settings.people");
  const { workspace, user } = useWorkspace();
  const change = useChangePerson(workspace.id);
  return (
    <ConfirmAction
      title={t("suspendTitle", { name })}
      action={t("suspend")}
      onConfirm={async () => {
        await change.mutateAsync({ id, change: { status: "suspended" } });
        notify({ kind: "success", title: t("suspended", { name }) });
      }}
    >
      <p>{t("suspendText")}</p>
      {agentId && <p>{t("suspendAgent")}</p>}
      {id === user.id && <p className="font-medium">{t("suspendSelf")}</p>}
    </ConfirmAction>
  );
}

export function RemovePerson({ item: person }: { item: User }) {
  const t = useTranslations("settings.people");
  const refusals = useTranslations("errors.refusals");
  const ui = useTranslations("ui");
  const { workspace, user, can } = useWorkspace();
  const { panel } = usePage();
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
      <Notice title={title} closeLabel={ui("close")}>
        {hindrance}
      </Notice>
    );
  return (
    <ConfirmAction
      title={title}
      action={t(person.status === "invited" ? "withdraw" : "remove")}
      onConfirm={async () => {
        await remove.mutateAsync(person.id);
        panel.leave();
        notify({ kind: "success", title: t("removed", { name: person.name }) });
      }}
    >
      <p>{t(person.status === "invited" ? "withdrawText" : "removeText")}</p>
      {person.agentId && <p className="font-medium">{t("removeAgent")}</p>}
    </ConfirmAction>
  );
}
