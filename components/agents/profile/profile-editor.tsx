"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { LeaveDialog } from "@/components/shell/leave-dialog";
import { useProblemText } from "@/components/shell/problem-text";
import { SaveBar } from "@/components/shell/save-bar";
import { useLeaveGuard } from "@/components/shell/use-leave-guard";
import { useList } from "@/components/shell/use-list";
import { classes } from "@/components/ui/classes";
import { lazyPart } from "@/components/ui/lazy-part";
import { Skeleton } from "@/components/ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { notify } from "@/components/ui/toast";
import { useSaveKey } from "@/components/ui/use-save-key";
import { ProfileProvider } from "./profile-context";
import { fieldTable, type ProfileField, type ProfileTab, profileTabs } from "./profile-fields";
import { ProfileHeader } from "./profile-header";
import { ProfileTab as ProfilePanel } from "./profile-tab";
import { ProfileWays } from "./profile-ways";
import { useFieldName } from "./use-field-words";
import { type ReadProfile, type SaveOutcome, useProfileForm } from "./use-profile-form";
import { useRights } from "./use-rights";

const panels = {
  profile: ProfilePanel,
  availability: lazyPart(async () => (await import("./availability-tab")).AvailabilityTab),
  schedule: lazyPart(async () => (await import("./schedule-tab")).ScheduleTab),
  holidays: lazyPart(async () => (await import("./holidays-tab")).HolidaysTab),
  timeOff: lazyPart(async () => (await import("@/components/hours/time-off/own/time-off-tab")).TimeOffTab),
  skills: lazyPart(async () => (await import("./skills-tab")).SkillsTab),
  voice: lazyPart(async () => (await import("./voice-tab")).VoiceTab),
  workload: lazyPart(async () => (await import("./workload-tab")).WorkloadTab),
  history: lazyPart(async () => (await import("./history-tab")).HistoryTab),
} satisfies Record<ProfileTab, unknown>;

const ScheduleEffect = lazyPart(async () => (await import("./schedule-effect")).ScheduleEffect);
const ConflictDialog = lazyPart(async () => (await import("./conflict-dialog")).ConflictDialog);

/** The page of an agent; fields are editable as far as the reader's rights allow. */
export function ProfileEditor({
  workspaceId,
  read,
  readAt,
  takesFocus,
}: {
  workspaceId: string;
  read: ReadProfile;
  readAt: number;
  /** Whether to focus the heading on mount. */
  takesFocus: boolean;
}) {
  const t = useTranslations("profile");
  const fieldName = useFieldName();
  const list = useList();
  const problemText = useProblemText();
  const agent = read.agent.data;
  const rights = useRights(agent.id);
  const profile = useProfileForm(workspaceId, agent.id, read);
  const { changed, wrong, conflict, isSaving } = profile;
  /** Undefined until the first upload. */
  const [isUploading, setUploading] = useState<boolean>();
  const onUploading = useCallback((next: boolean) => setUploading((before) => next || (before && false)), []);
  const unsaved = isUploading && !changed.includes("dropVms") ? [...changed, "dropVms" as const] : changed;
  const leaving = useLeaveGuard(unsaved.length > 0);
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(profileTabs).withDefault("profile"));
  const tabs = profileTabs.filter(
    (each) => (each !== "history" || rights.canReadHistory) && (each !== "timeOff" || rights.isOwn),
  );
  const shown = tabs.includes(tab) ? tab : "profile";
  const openTab = (next: ProfileTab) => void setTab(next);
  const tabRow = useRef<HTMLDivElement>(null);
  // On a phone the row of tabs is longer than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls whenever another tab is selected.
  useEffect(() => {
    // React Aria renders the tabs in a second pass.
    const frame = requestAnimationFrame(() =>
      tabRow.current
        ?.querySelector('[role="tab"][aria-selected="true"]')
        ?.scrollIntoView({ block: "nearest", inline: "center" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  const focusField = useFocusField(shown, openTab);

  function tell(outcome: SaveOutcome) {
    if (outcome.kind === "saved" && outcome.fields.length > 0)
      notify({ kind: "success", title: t("save.saved", { fields: list(outcome.fields.map(fieldName)) }) });
    if (outcome.kind === "failed")
      notify({ kind: "error", title: t("save.failed"), detail: problemText(outcome.error) });
    if (outcome.kind === "invalid" && outcome.field) focusField(outcome.field);
  }

  const save = async () => {
    if (changed.length > 0 && !isSaving && !conflict) tell(await profile.save());
  };

  useSaveKey(save);

  return (
    <ProfileProvider
      profile={{
        workspaceId,
        agent,
        readAt,
        control: profile.form.control,
        rights,
        openTab,
        onUploading,
      }}
    >
      <div className="flex min-h-full flex-col">
        <ProfileWays />
        <ProfileHeader takesFocus={takesFocus} />
        <Tabs
          selectedKey={shown}
          onSelectionChange={(key) => void setTab(profileTabs.find((each) => each === key) ?? null)}
        >
          <div ref={tabRow} className="sticky top-0 z-10 bg-surface px-2 sm:px-4">
            <TabList label={t("tabs.label")}>
              {tabs.map((each) => (
                <Tab key={each} id={each}>
                  {t(`tabs.${each}`)}
                  <TabMark
                    isWrong={wrong.some((field) => fieldTable[field].tab === each)}
                    isChanged={changed.some((field) => fieldTable[field].tab === each)}
                  />
                </Tab>
              ))}
            </TabList>
          </div>
          {tabs.map((each) => {
            const Panel = panels[each];
            return (
              <TabPanel
                key={each}
                id={each}
                // Removing it would end its uploads.
                shouldForceMount={each === "voice" && isUploading !== undefined}
                className="px-4 pt-6 pb-24 data-inert:hidden sm:px-6 sm:pb-6"
              >
                <Suspense fallback={<Skeleton className="h-80 max-w-xl" />}>
                  <Panel />
                </Suspense>
              </TabPanel>
            );
          })}
        </Tabs>
        {changed.length > 0 && (
          <SaveBar
            changed={changed.map(fieldName)}
            overlap={profile.overlap.map(fieldName)}
            isSaving={isSaving}
            onSave={() => void save()}
            onDiscard={profile.discard}
          >
            <Suspense>
              {changed.includes("schedule") && (
                <ScheduleEffect saved={read.schedule.data} changed={changed} />
              )}
            </Suspense>
          </SaveBar>
        )}
      </div>
      {conflict && (
        <Suspense>
          <ConflictDialog
            conflict={conflict}
            isSaving={isSaving}
            onClose={profile.postpone}
            onResolve={(theirs) => void profile.resolve(theirs).then(tell)}
          />
        </Suspense>
      )}
      {leaving && (
        <LeaveDialog changed={unsaved.map(fieldName)} onLeave={leaving.leave} onStay={leaving.stay} />
      )}
    </ProfileProvider>
  );
}

function TabMark({ isWrong, isChanged }: { isWrong: boolean; isChanged: boolean }) {
  const t = useTranslations("profile.tabs");
  if (!isWrong && !isChanged) return null;
  return (
    <>
      <span
        aria-hidden="true"
        // Absolutely positioned, so that the tabs do not shift.
        className={classes(
          "absolute end-0.5 top-1/2 size-1.5 -translate-y-1/2",
          isWrong ? "rotate-45 bg-danger" : "rounded-full bg-accent",
        )}
      />
      <span className="sr-only">({t(isWrong ? "wrong" : "changed")})</span>
    </>
  );
}

const focusable = ["input", "textarea", "button", "[tabindex='0']"];

/** Returns a function that opens a field's tab and focuses its first invalid input. */
function useFocusField(shown: ProfileTab, setTab: (tab: ProfileTab) => void) {
  const [wanted, setWanted] = useState<{ field: ProfileField }>();
  useEffect(() => {
    if (!wanted || fieldTable[wanted.field].tab !== shown) return;
    // The tab panel may still be loading, so retry for a while.
    let tries = 0;
    const timer = window.setInterval(() => {
      const place = document.querySelector(`[data-field="${wanted.field}"]`);
      const target =
        place?.querySelector<HTMLElement>(focusable.map((each) => `${each}[aria-invalid="true"]`).join()) ??
        place?.querySelector<HTMLElement>(focusable.map((each) => `[aria-invalid="true"] ${each}`).join()) ??
        place?.querySelector<HTMLElement>(focusable.join());
      if (target) {
        target.focus();
        target.scrollIntoView({ block: "center" });
      }
      if (target || ++tries > 60) {
        window.clearInterval(timer);
        setWanted(undefined);
      }
    }, 50);
    return () => window.clearInterval(timer);
  }, [wanted, shown]);
  return (field: ProfileField) => {
    setTab(fieldTable[field].tab);
    setWanted({ field });
  };
}
