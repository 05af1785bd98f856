"use client";

import { useQuery } from "@tanstack/react-query";
import { Maximize2, Minimize2 } from "lucide-react";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { useFormatter } from "@/components/shell/time";
import { useWorkspace } from "@/components/shell/workspace-context";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { inboxAvailabilityQuery } from "@/lib/agents/inbox/client/queries";
import type { InboxAvailability } from "@/lib/agents/inbox/contract";
import { channels } from "@/lib/availability/effective/values";
import { allTeamsQuery } from "@/lib/workforce/teams/client/queries";
import { AttentionList } from "./attention-list";
import { Candidates } from "./candidates";
import { ChannelPanel, ChannelPanelSkeleton } from "./channel-panel";
import { DemoLine } from "./demo-line";
import { GroupTable } from "./group-table";
import { TeamFilter } from "./team-filter";
import { useBoardState } from "./use-board-state";
import { useFullScreen } from "./use-full-screen";

const Forbidden = lazyPart(async () => (await import("@/components/settings/kit/forbidden")).Forbidden);
const LongestWait = lazyPart(async () => (await import("./waiting")).LongestWait);
const Stale = lazyPart(async () => (await import("./board-states")).Stale);
const BoardFailed = lazyPart(async () => (await import("./board-states")).BoardFailed);
const NoAgents = lazyPart(async () => (await import("./board-states")).NoAgents);

/** The board, for a supervisor's second screen: who can take the next conversation. */
export function Board() {
  const { can } = useWorkspace();
  // Not set on the board itself: the server-rendered HTML would not have the layout yet.
  return can("agents.read") ? (
    <ReadableBoard />
  ) : (
    <Suspense>
      <Forbidden />
    </Suspense>
  );
}

/** Maximum number of rows per list. Fewer in wall mode, where everything must fit the screen. */
const rows = { reasons: 18, teams: 8, skills: 6, candidates: 10, attention: 5 };
const rowsOnWall = { reasons: 8, teams: 4, skills: 3, candidates: 8, attention: 1 };

function ReadableBoard() {
  const t = useTranslations("board");
  const { workspace, can } = useWorkspace();
  const state = useBoardState();
  const { teams, channel, isFull } = state;
  const toggleFull = useFullScreen(isFull, state.fillScreen);
  const answer = useQuery(inboxAvailabilityQuery(workspace.id, teams));
  const numbers = answer.data;
  const most = isFull ? rowsOnWall : rows;

  if (numbers?.agents === 0 && teams.length === 0)
    return (
      <Suspense>
        <NoAgents />
      </Suspense>
    );
  if (!numbers && answer.error)
    return (
      <Suspense>
        <BoardFailed error={answer.error} onRetry={() => void answer.refetch()} />
      </Suspense>
    );
  return (
    <div data-wall={isFull ? "" : undefined} className="flex min-h-full flex-col bg-canvas">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-4 pb-3 sm:px-6 wall:pt-3 wall:pb-2">
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <AsOf at={numbers?.at} />
        {can("routing.read") && (
          // On phones, this takes a separate line, reserved while loading.
          <div className="min-w-0 max-sm:order-last max-sm:min-h-6 max-sm:w-full">
            <Suspense>
              <LongestWait />
            </Suspense>
          </div>
        )}
        <div className="ms-auto flex min-w-0 items-center gap-2">
          <BoardTeams numbers={numbers} chosen={teams} onChoose={state.chooseTeams} />
          <IconButton
            label={t(isFull ? "leaveFullScreen" : "fullScreen")}
            keys="F"
            placement="bottom end"
            onPress={toggleFull}
          >
            {isFull ? (
              <Minimize2 aria-hidden="true" className="size-4" />
            ) : (
              <Maximize2 aria-hidden="true" className="size-4" />
            )}
          </IconButton>
        </div>
      </header>
      {numbers && answer.error && (
        <Suspense>
          <Stale error={answer.error} at={numbers.at} onRetry={() => void answer.refetch()} />
        </Suspense>
      )}
      <div className="grid gap-4 px-4 pb-4 sm:px-6 md:grid-cols-3 wall:gap-3 wall:pb-3">
        {channels.map((each) =>
          numbers ? (
            <ChannelPanel key={each} channel={each} numbers={numbers} teams={teams} most={most.reasons} />
          ) : (
            <ChannelPanelSkeleton key={each} channel={each} />
          ),
        )}
      </div>
      <div className="grid items-start gap-4 px-4 pb-6 sm:px-6 lg:grid-cols-2 xl:grid-cols-3 md:wall:grid-cols-3 wall:gap-3 wall:pb-3">
        <div className="grid min-w-0 gap-4 wall:gap-3">
          <GroupTable
            id="teams"
            title={t("byTeam")}
            empty={t("noTeams")}
            groups={numbers?.teams
              .map(({ teamId, ...team }) => ({ id: teamId, ...team }))
              .filter(({ id }) => teams.length === 0 || teams.includes(id))}
            scopeOf={({ id }) => ({ teams: [id] })}
            most={most.teams}
          />
          {/* Rendered after the numbers, because the table above would shift it. */}
          {numbers && (
            <GroupTable
              id="skills"
              title={t("bySkill")}
              empty={t("noSkills")}
              groups={numbers.skills.map(({ skillId, ...skill }) => ({ id: skillId, ...skill }))}
              scopeOf={({ id }) => ({ teams, skills: [id] })}
              most={most.skills}
            />
          )}
        </div>
        <div className="grid min-w-0 gap-4 xl:contents md:wall:contents">
          <Candidates
            channel={channel}
            teams={teams}
            most={most.candidates}
            onChannel={state.chooseChannel}
          />
          <AttentionList teams={teams} most={most.attention} />
        </div>
      </div>
      <DemoLine />
    </div>
  );
}

/** The time of the numbers, to the minute. Not announced to screen readers, because it changes often. */
function AsOf({ at }: { at: string | undefined }) {
  const t = useTranslations("board");
  const format = useFormatter();
  return (
    // The width is reserved, so that nothing moves when the time appears.
    <span className="min-w-28 text-muted text-sm tabular-nums wall:text-base">
      {at && t("asOf", { time: format.dateTime(Date.parse(at), { timeStyle: "short" }) })}
    </span>
  );
}

function BoardTeams({
  numbers,
  chosen,
  onChoose,
}: {
  numbers: InboxAvailability | undefined;
  chosen: string[];
  onChoose: (ids: string[]) => void;
}) {
  const { workspace, can } = useWorkspace();
  const { data: all } = useQuery({ ...allTeamsQuery(workspace.id), enabled: can("settings.read") });
  const known = all ?? numbers?.teams.map(({ teamId, name }) => ({ id: teamId, name }));
  if (known?.length === 0) return null;
  const sorted = known && [...known].sort((one, other) => one.name.localeCompare(other.name));
  return <TeamFilter teams={sorted} chosen={chosen} onChoose={onChoose} />;
}
