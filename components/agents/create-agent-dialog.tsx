"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { ZonePicker } from "@/components/agents/profile/zone-picker";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button, buttonClasses } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ComboBox } from "@/components/ui/combo-box";
import { Dialog } from "@/components/ui/dialog";
import { Link } from "@/components/ui/link";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option } from "@/components/ui/select";
import { TagPicker } from "@/components/ui/tag-picker";
import { TextField } from "@/components/ui/text-field";
import { notify } from "@/components/ui/toast";
import { allPeopleQuery } from "@/lib/access/people/client/queries";
import { useCreateAgent } from "@/lib/agents/agents/client/queries";
import { agentDraftSchema } from "@/lib/agents/agents/contract";
import { RequestError } from "@/lib/platform/client/client";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";

type Field = "name" | "userId" | "timezone";

/** Creates an agent for a person without one, or for a bot, and opens its profile. */
export function CreateAgentDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("agents.create");
  const ui = useTranslations("ui");
  const errors = useTranslations("errors");
  const problem = useProblemText();
  const router = useRouter();
  const form = useId();
  const { workspace, can, href } = useWorkspace();
  const seesPeople = can("people.write");
  const people = useQuery({ ...allPeopleQuery(workspace.id), enabled: seesPeople });
  const teams = useQuery({ ...allTeamsQuery(workspace.id), enabled: can("settings.read") }).data ?? [];
  const create = useCreateAgent(workspace.id);

  const [type, setType] = useState<"user" | "bot">(seesPeople ? "user" : "bot");
  const [userId, setUserId] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const [timezone, setTimezone] = useState<string | null>(workspace.timezone);
  const [wrong, setWrong] = useState<Partial<Record<Field, string>>>({});

  const candidates = (people.data ?? []).filter(
    ({ agentId, status }) => agentId === undefined && status !== "suspended",
  );
  const mend = (field: Field) => setWrong((before) => ({ ...before, [field]: undefined }));

  function choosePerson(id: string | null) {
    const before = candidates.find((person) => person.id === userId);
    const person = candidates.find((each) => each.id === id);
    setUserId(id);
    mend("userId");
    // Replaces a name that was filled in from the previous person, but not one that was typed.
    if (person && (name === "" || name === before?.name)) {
      setName(person.name);
      mend("name");
    }
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const draft = {
      name,
      type,
      ...(type === "user" && userId ? { userId } : {}),
      ...(teamIds.length > 0 ? { teamIds } : {}),
      ...(timezone ? { timezone } : {}),
    };
    const checked = agentDraftSchema.safeParse(draft);
    if (!checked.success) {
      const fields = new Set(checked.error.issues.map(({ path }) => path[0]));
      setWrong({
        ...(fields.has("name")
          ? { name: name.trim() === "" ? errors("required") : errors("tooLong", { max: 255 }) }
          : {}),
        ...(fields.has("userId") ? { userId: errors("required") } : {}),
        ...(fields.has("timezone") ? { timezone: errors("notTimezone") } : {}),
      });
      return;
    }
    try {
      const agent = await create.mutateAsync(draft);
      notify({ kind: "success", title: t("created", { name: agent.name }) });
      onClose();
      router.push(href(`/agents/${agent.id}`));
    } catch (error) {
      const isTaken = error instanceof RequestError && error.code === "AgentAlreadyExists";
      if (isTaken) setWrong({ userId: t("taken") });
      else notify({ kind: "error", title: t("failed"), detail: problem(error) });
    }
  }

  const hasNobody = type === "user" && people.isSuccess && candidates.length === 0;
  return (
    <Dialog
      title={t("title")}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{ui("cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            isPending={create.isPending}
            isDisabled={hasNobody}
          >
            {t("submit")}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {seesPeople && (
          <Segmented
            label={t("type")}
            value={type}
            onChange={(value) => {
              setType(value === "bot" ? "bot" : "user");
              setWrong({});
            }}
          >
            <Segment value="user">{t("person")}</Segment>
            <Segment value="bot">{t("bot")}</Segment>
          </Segmented>
        )}
        {hasNobody ? (
          <Callout
            action={
              <Link
                look="plain"
                href={href("/settings/people")}
                className={buttonClasses("secondary", "small")}
              >
                {t("invite")}
              </Link>
            }
          >
            {t("nobody")}
          </Callout>
        ) : (
          type === "user" && (
            <ComboBox
              autoFocus
              label={t("who")}
              placeholder={t("searchPeople")}
              items={candidates}
              isLoading={people.isPending}
              value={userId}
              onChange={(key) => choosePerson(key === null ? null : String(key))}
              error={wrong.userId}
            >
              {(person) => (
                <Option id={person.id} textValue={`${person.name} ${person.email}`} hint={person.email}>
                  {person.name}
                </Option>
              )}
            </ComboBox>
          )
        )}
        {!hasNobody && (
          <>
            <TextField
              label={t("name")}
              help={t(type === "user" ? "nameHelp" : "nameHelpBot")}
              value={name}
              onChange={(value) => {
                setName(value);
                mend("name");
              }}
              error={wrong.name}
            />
            {teams.length > 0 && (
              <TagPicker
                label={t("teams")}
                placeholder={t("chooseTeams")}
                items={teams}
                value={teamIds}
                onChange={(ids) => setTeamIds([...ids].map(String))}
              />
            )}
            <ZonePicker
              label={t("timezone")}
              value={timezone}
              onChange={(zone) => {
                setTimezone(zone);
                mend("timezone");
              }}
              error={wrong.timezone}
            />
          </>
        )}
      </form>
    </Dialog>
  );
}
