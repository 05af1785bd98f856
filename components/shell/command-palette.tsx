"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CornerDownLeft, Search, Users, UsersRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useDeferredValue, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Header } from "react-aria-components/Header";
import { ListBox, ListBoxItem, ListBoxSection } from "react-aria-components/ListBox";
import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Input, SearchField } from "react-aria-components/SearchField";
import { useTranslations } from "use-intl";
import { agentListPath } from "@/components/agents/list/list-address";
import { statusMarks } from "@/components/availability/status-menu";
import { Avatar } from "@/components/ui/avatar";
import { itemClasses } from "@/components/ui/menu";
import { StatusMark } from "@/components/ui/status-mark";
import { listAgents } from "@/lib/agents/calls";
import { agentKeys } from "@/lib/cache-keys";
import { request } from "@/lib/http/request";
import { smallPicture } from "@/lib/media/rules";
import { allTeamsQuery } from "@/lib/teams/queries";
import { foldText } from "@/lib/text-folding";
import { leaveFor } from "./leave-guard";
import { settingsSections } from "./navigation";
import { useWorkspace } from "./workspace-context";

function Item({
  id,
  icon,
  hint,
  children,
}: {
  id: string;
  icon: ReactNode;
  hint?: ReactNode;
  children: string;
}) {
  return (
    <ListBoxItem id={id} textValue={children} className={itemClasses}>
      <span aria-hidden="true" className="flex size-6 shrink-0 items-center justify-center text-muted">
        {icon}
      </span>
      {/* On a phone what tells it apart stands under the name, which never gives way to it. */}
      <span className="flex min-w-0 flex-1 flex-col sm:flex-row sm:items-center sm:gap-3">
        <span className="truncate sm:max-w-3/5 sm:shrink-0">{children}</span>
        {hint && <span className="min-w-0 truncate text-muted text-sm sm:ms-auto">{hint}</span>}
      </span>
      <CornerDownLeft
        aria-hidden="true"
        className="size-3.5 shrink-0 text-muted opacity-0 group-data-focused:opacity-100 rtl:-scale-x-100"
      />
    </ListBoxItem>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <ListBoxSection aria-label={title}>
      <Header className="px-2 pt-3 pb-1 font-medium text-muted text-xs">{title}</Header>
      {children}
    </ListBoxSection>
  );
}

/** Jumps to any agent, team or page by typing a part of its name. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const { workspace, agentId, can, href } = useWorkspace();
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed.trim());

  const agentsQuery = {
    limit: "8",
    sortBy: "name" as const,
    ...(wanted === "" ? {} : wanted.includes("@") ? { email: wanted } : { name: wanted }),
  };
  const agents = useQuery({
    queryKey: [...agentKeys.all(workspace.id), "palette", agentsQuery],
    queryFn: async ({ signal }) =>
      (await request(listAgents, { params: { workspaceId: workspace.id }, query: agentsQuery, signal })).data
        .results,
    enabled: can("agents.read") && wanted !== "",
    placeholderData: keepPreviousData,
  });
  const teams = useQuery({ ...allTeamsQuery(workspace.id), enabled: can("settings.read") });

  const needle = foldText(wanted);
  const matches = (name: string) => needle === "" || foldText(name).includes(needle);
  const pages = [
    {
      id: href("/agents"),
      name: t("nav.agents"),
      icon: <Users className="size-4" />,
      shown: can("agents.read"),
    },
    { id: "/me", name: t("nav.me"), icon: <Users className="size-4" />, shown: agentId !== undefined },
    ...settingsSections.map((section) => ({
      id: href(section.path),
      name: t(`settings.${section.key}`),
      icon: section.icon,
      shown: can(section.needs),
    })),
    { id: "/docs", name: t("nav.reference"), icon: <Search className="size-4" />, shown: true },
  ].filter((page) => page.shown && matches(page.name));
  const foundAgents = wanted === "" ? [] : (agents.data ?? []);
  const foundTeams = wanted === "" ? [] : (teams.data ?? []).filter((team) => matches(team.name)).slice(0, 6);

  function go(key: string | number) {
    onClose();
    leaveFor(String(key), () => router.push(String(key)));
  }

  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-overlay p-3 pt-[12vh] data-entering:animate-appear"
    >
      <Modal className="flex max-h-[70vh] w-full max-w-xl flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-raised">
        <Dialog aria-label={t("palette.title")} className="flex min-h-0 flex-col outline-none">
          <div
            className="flex min-h-0 flex-col"
            // The field would empty on Escape first; here one press leads back.
            onKeyDownCapture={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              onClose();
            }}
          >
            <Autocomplete inputValue={typed} onInputChange={setTyped}>
              <SearchField
                autoFocus
                aria-label={t("palette.title")}
                className="relative border-line border-b"
              >
                <Search aria-hidden="true" className="absolute start-4 top-4 size-4 text-muted" />
                <Input
                  placeholder={t("palette.placeholder")}
                  className="h-12 w-full bg-transparent ps-11 pe-4 text-lg outline-none placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
                />
              </SearchField>
              <ListBox
                aria-label={t("palette.results")}
                onAction={go}
                renderEmptyState={() => (
                  <p className="px-3 py-8 text-center text-muted">
                    {agents.isFetching ? t("palette.searching") : t("palette.nothing", { text: wanted })}
                  </p>
                )}
                className="min-h-0 overflow-auto p-2 pt-0 outline-none"
              >
                {foundAgents.length > 0 && (
                  <Section title={t("nav.agents")}>
                    {foundAgents.map((agent) => (
                      <Item
                        key={agent.id}
                        id={href(`/agents/${agent.id}`)}
                        icon={<Avatar name={agent.name} src={smallPicture(agent.avatarUrl)} size="small" />}
                        hint={
                          <span className="flex items-center gap-1.5">
                            <StatusMark mark={statusMarks[agent.status]} />
                            <span className="truncate">{agent.userEmails[0]}</span>
                          </span>
                        }
                      >
                        {agent.name}
                      </Item>
                    ))}
                  </Section>
                )}
                {foundTeams.length > 0 && (
                  <Section title={t("settings.teams")}>
                    {foundTeams.map((team) => (
                      <Item
                        key={team.id}
                        id={href(agentListPath({ teams: [team.id] }))}
                        icon={<UsersRound className="size-4" />}
                        hint={t("palette.members", { count: team.activeMemberCount })}
                      >
                        {team.name}
                      </Item>
                    ))}
                  </Section>
                )}
                {pages.length > 0 && (
                  <Section title={t("palette.pages")}>
                    {pages.map((page) => (
                      <Item key={page.id} id={page.id} icon={page.icon}>
                        {page.name}
                      </Item>
                    ))}
                  </Section>
                )}
              </ListBox>
            </Autocomplete>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
