"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  BookOpen,
  CalendarOff,
  CalendarRange,
  CircleUser,
  CornerDownLeft,
  Gauge,
  Grid3x3,
  Headset,
  Inbox,
  Search,
  Users,
  UsersRound,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useContext, useEffect, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Header } from "react-aria-components/Header";
import { ListBox, ListBoxItem, ListBoxSection, ListStateContext } from "react-aria-components/ListBox";
import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Input, SearchField } from "react-aria-components/SearchField";
import { useTranslations } from "use-intl";
import { agentListPath } from "@/components/agents/list/list-address";
import { statusMarks } from "@/components/availability/status-menu";
import { settingsSections } from "@/components/settings/sections";
import { Avatar } from "@/components/ui/avatar";
import { itemClasses } from "@/components/ui/menu";
import { StatusMark } from "@/components/ui/status-mark";
import { useDebounced } from "@/components/ui/use-debounced";
import { listAgents } from "@/lib/agents/agents/client/calls";
import { searchFor } from "@/lib/agents/agents/client/list-state";
import type { Agent } from "@/lib/agents/agents/contract";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { request } from "@/lib/platform/client/request";
import { ranked, rankOf, rankOfEither } from "@/lib/platform/text/text-ranking";
import { smallPicture } from "@/lib/workforce/media/rules";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";
import { leaveFor } from "./leave-guard";
import { type Command, useCommands } from "./palette-commands";
import { useWorkspace } from "./workspace-context";

interface Row {
  id: string;
  name: string;
  icon: ReactNode;
  hint?: ReactNode;
}

/**
 * Keeps the virtual focus on the row that contains it. React Aria focuses the first row only right after
 * typing, not when agents found later come first.
 */
function FocusRow({ id }: { id: string }) {
  const selection = useContext(ListStateContext)?.selectionManager;
  useEffect(() => {
    // Without a focused row, the text was pasted or deleted, and Enter opens nothing.
    if (!selection?.isFocused || selection.focusedKey === null || selection.focusedKey === id) return;
    selection.setFocusedKey(id);
  }, [id, selection]);
  return null;
}

function Item({ id, name, icon, hint, isFirst }: Row & { isFirst: boolean }) {
  return (
    <ListBoxItem id={id} textValue={name} className={itemClasses}>
      {isFirst && <FocusRow id={id} />}
      <span aria-hidden="true" className="flex size-6 shrink-0 items-center justify-center text-muted">
        {icon}
      </span>
      {/* On a phone, the hint wraps below the name, which is never shortened for it. */}
      <span className="flex min-w-0 flex-1 flex-col sm:flex-row sm:items-center sm:gap-3">
        <span className="truncate sm:max-w-3/5 sm:shrink-0">{name}</span>
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

/** Number of agents per request. More than are shown, so that some remain while the next request runs. */
const mostAsked = 24;
const mostShown = 8;

/** Keys that move the focus in the list. */
const movingKeys = new Set(["ArrowDown", "ArrowUp", "Home", "End", "PageDown", "PageUp"]);

/** The command palette: finds agents, teams, pages and commands by part of their name. */
export function CommandPalette({
  onClose,
  onOpen,
}: {
  onClose: () => void;
  /** Opens another dialog of the shell. */
  onOpen: (name: "keys" | "password" | "sessions") => void;
}) {
  const t = useTranslations("shell");
  const router = useRouter();
  const { workspace, agentId, can, href } = useWorkspace();
  const [typed, setTyped] = useState("");
  /** Whether the focus was moved by key since the last typing, after which it stays on its row. */
  const [hasMoved, setMoved] = useState(false);
  const wanted = typed.trim();
  const asked = useDebounced(wanted);
  const commands = useCommands(onOpen);

  const agentsQuery = { limit: String(mostAsked), sortBy: "match" as const, search: searchFor(asked) };
  const agents = useQuery({
    queryKey: [...agentKeys.all(workspace.id), "palette", agentsQuery],
    queryFn: async ({ signal }) =>
      (await request(listAgents, { params: { workspaceId: workspace.id }, query: agentsQuery, signal })).data
        .results,
    enabled: can("agents.read") && asked !== "",
    placeholderData: keepPreviousData,
  });
  const teams = useQuery({ ...allTeamsQuery(workspace.id), enabled: can("settings.read") });
  const isSearching = agents.isFetching || asked !== wanted;

  const pages = [
    {
      id: href("/board"),
      name: t("nav.board"),
      icon: <Gauge className="size-4" />,
      shown: can("agents.read"),
    },
    {
      id: href("/queue"),
      name: t("nav.queue"),
      icon: <Inbox className="size-4" />,
      shown: can("routing.read"),
    },
    {
      id: href("/agents"),
      name: t("nav.agents"),
      icon: <Users className="size-4" />,
      shown: can("agents.read"),
    },
    {
      id: href("/planner"),
      name: t("nav.planner"),
      icon: <CalendarRange className="size-4" />,
      shown: can("agents.read"),
    },
    {
      id: href("/coverage"),
      name: t("nav.coverage"),
      icon: <Grid3x3 className="size-4" />,
      shown: can("agents.read"),
    },
    {
      id: href("/time-off"),
      name: t("nav.timeOff"),
      icon: <CalendarOff className="size-4" />,
      shown: can("agents.read"),
    },
    {
      id: href("/my-work"),
      name: t("nav.myWork"),
      icon: <Headset className="size-4" />,
      shown: agentId !== undefined && can("routing.read"),
    },
    { id: "/me", name: t("nav.me"), icon: <CircleUser className="size-4" />, shown: agentId !== undefined },
    ...settingsSections.map((section) => ({
      id: href(section.path),
      name: t(`settings.${section.name}`),
      icon: <section.icon className="size-4 shrink-0" />,
      shown: can(section.needs),
    })),
    { id: "/docs", name: t("nav.reference"), icon: <BookOpen className="size-4" />, shown: true },
  ].filter((page) => page.shown);
  // An agent found by the API only by email ranks below any name match, and is removed when the text no
  // longer matches.
  const rankOfAgent = ({ name, userEmails }: Agent) => rankOfEither(name, userEmails.join(" "), wanted);
  const byName = ({ name }: { name: string }) => rankOf(name, wanted);
  const rankOfCommand = ({ name, also = "" }: Command) => rankOfEither(name, also, wanted);
  const found = {
    agents: wanted === "" ? [] : ranked(agents.data ?? [], rankOfAgent).slice(0, mostShown),
    teams: wanted === "" ? [] : ranked(teams.data ?? [], byName).slice(0, 6),
    pages: ranked(pages, byName),
    commands: ranked(commands, rankOfCommand).slice(0, wanted === "" ? 4 : undefined),
  };

  function type(text: string) {
    setTyped(text);
    setMoved(false);
  }

  function go(key: string | number) {
    onClose();
    const command = commands.find(({ id }) => id === key);
    if (command?.run) return command.run();
    const address = command?.href ?? String(key);
    leaveFor(address, () => router.push(address));
  }

  const sections: { key: string; title: string; rank: number | undefined; rows: Row[] }[] = [
    {
      key: "agents",
      title: t("nav.agents"),
      rank: found.agents[0] && rankOfAgent(found.agents[0]),
      rows: found.agents.map((agent) => ({
        id: href(`/agents/${agent.id}`),
        name: agent.name,
        icon: <Avatar name={agent.name} src={smallPicture(agent.avatarUrl)} size="small" />,
        hint: (
          <span className="flex items-center gap-1.5">
            <StatusMark mark={statusMarks[agent.status]} />
            <span className="truncate">{agent.userEmails[0]}</span>
          </span>
        ),
      })),
    },
    {
      key: "teams",
      title: t("settings.teams"),
      rank: found.teams[0] && byName(found.teams[0]),
      rows: found.teams.map((team) => ({
        id: href(agentListPath({ teams: [team.id] })),
        name: team.name,
        icon: <UsersRound className="size-4" />,
        hint: t("palette.members", { count: team.activeMemberCount }),
      })),
    },
    {
      key: "commands",
      title: t("palette.commands"),
      rank: found.commands[0] && rankOfCommand(found.commands[0]),
      rows: found.commands,
    },
    {
      key: "pages",
      title: t("palette.pages"),
      rank: found.pages[0] && byName(found.pages[0]),
      rows: found.pages,
    },
  ];
  const shown = ranked(sections, ({ rank }) => rank);
  const first = hasMoved ? undefined : shown.flatMap(({ rows }) => rows)[0]?.id;

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
            // The input would use the first Escape to clear itself; here one press closes the palette.
            onKeyDownCapture={(event) => {
              if (movingKeys.has(event.key)) setMoved(true);
              if (event.key !== "Escape") return;
              event.stopPropagation();
              onClose();
            }}
          >
            <Autocomplete inputValue={typed} onInputChange={type}>
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
                    {isSearching ? t("palette.searching") : t("palette.nothing", { text: wanted })}
                  </p>
                )}
                className="min-h-0 overflow-auto p-2 pt-0 outline-none"
              >
                {shown.map(({ key, title, rows }) => (
                  <Section key={key} title={title}>
                    {rows.map(({ id, name, icon, hint }) => (
                      <Item key={id} id={id} name={name} icon={icon} hint={hint} isFirst={id === first} />
                    ))}
                  </Section>
                ))}
              </ListBox>
            </Autocomplete>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
