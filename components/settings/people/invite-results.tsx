"use client";

import { useTranslations } from "use-intl";
import { Copyable } from "@/components/settings/kit/one-time-secret";
import { useProblemText } from "@/components/shell/problem-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { EmailText } from "@/components/ui/email-text";
import { Tag } from "@/components/ui/tag";
import { type Outcome, unfinished } from "@/lib/access/people/client/invite-all";

/** Shows the outcome per address, with invitation links if the server sends no email. */
export function InviteResults({
  outcomes,
  onDone,
  onRetry,
}: {
  outcomes: readonly Outcome[];
  onDone: () => void;
  /** Returns to the form with the addresses that failed. */
  onRetry: () => void;
}) {
  const t = useTranslations("settings.people");
  const ui = useTranslations("ui");
  const problemText = useProblemText();
  const count = outcomes.filter((each) => "person" in each).length;
  const links = outcomes.flatMap((each) =>
    "person" in each && each.person.inviteUrl ? [`${each.email} ${each.person.inviteUrl}`] : [],
  );
  return (
    <Dialog
      title={t("resultsTitle", { count })}
      isOpen
      isBlocking
      onOpenChange={onDone}
      footer={
        <>
          {unfinished(outcomes) !== "" && <Button onPress={onRetry}>{t("resultsRetry")}</Button>}
          <Button look="primary" autoFocus onPress={onDone}>
            {ui("done")}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <ul aria-label={t("results")} className="divide-y divide-line border-line border-y">
          {outcomes.map((each) => (
            <li
              key={`${each.kind} ${each.email}`}
              className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-2"
            >
              <EmailText email={each.email} className="flex-1" />
              <Tag>{t(`outcomes.${each.kind}`)}</Tag>
              {"error" in each && (
                <span className="basis-full text-danger text-sm">{problemText(each.error)}</span>
              )}
            </li>
          ))}
        </ul>
        {links.length > 0 && (
          <>
            <Callout look="warning">{t("linksText")}</Callout>
            <Copyable label={t("linksLabel")} code={links.join("\n")} />
          </>
        )}
      </div>
    </Dialog>
  );
}
