"use client";

import { Menu as MenuIcon, Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslations } from "use-intl";
import { OfferWatch } from "@/components/routing/my-work/offer-watch";
import { IconButton } from "@/components/ui/icon-button";
import { Keys } from "@/components/ui/keys";
import { workspaceCookie } from "@/lib/platform/locale/locales";
import { AccountMenu } from "./account-menu";
import { useArrivals } from "./arrival";
import { keepChoice } from "./choices";
import { useCommandKey } from "./command-key";
import { MyWorkLink, Navigation } from "./navigation";
import { OfflineNotice } from "./offline-notice";
import { OwnAvailability, useOwnAgent } from "./own-availability";
import { PresenceHeartbeat } from "./presence";
import { SessionGate } from "./session-gate";
import { ShellDialogsProvider, useShellDialogs } from "./shell-dialogs";
import { useLivePages } from "./use-live-pages";
import { type Entrance, useWorkspace, WorkspaceProvider } from "./workspace-context";
import { WorkspaceSwitch } from "./workspace-switch";

function Sidebar() {
  return (
    <div className="flex h-full flex-col gap-4 p-3">
      <WorkspaceSwitch />
      <PaletteButton />
      {/* Firefox would make a scroll container a tab stop of its own. */}
      <div tabIndex={-1} className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 outline-none">
        <Navigation />
      </div>
      <div className="-mx-1 flex flex-col gap-1 border-line border-t px-1 pt-3">
        <OwnAvailability />
        <OwnAccount />
      </div>
    </div>
  );
}

function OwnAccount({ compact = false }: { compact?: boolean }) {
  const { data: own } = useOwnAgent();
  return (
    <div className="flex min-w-0">
      <AccountMenu avatarUrl={own?.data.avatarUrl} compact={compact} />
    </div>
  );
}

function PaletteButton() {
  const t = useTranslations("shell.palette");
  const { open } = useShellDialogs();
  const commandKey = useCommandKey();
  return (
    <Button
      onPress={() => open("palette")}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-muted transition-colors data-focus-visible:outline-2 data-focus-visible:outline-accent data-hovered:border-line-strong"
    >
      <Search aria-hidden="true" className="size-4" />
      <span className="flex-1 text-start">{t("open")}</span>
      <span className="max-lg:hidden">
        <Keys keys={`${commandKey} K`} />
      </span>
    </Button>
  );
}

function Drawer() {
  const t = useTranslations("shell.nav");
  const [isOpen, setOpen] = useState(false);
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes the menu when the page changes.
  useEffect(() => setOpen(false), [path]);
  return (
    <>
      <IconButton label={t("open")} onPress={() => setOpen(true)}>
        <MenuIcon aria-hidden="true" className="size-5" />
      </IconButton>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={setOpen}
        isDismissable
        className="fixed inset-0 z-50 bg-overlay data-entering:animate-appear"
      >
        <Modal className="h-full w-72 max-w-[85vw] border-line border-e bg-canvas shadow-raised">
          <Dialog aria-label={t("label")} className="h-full outline-none">
            <Sidebar />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations("shell.nav");
  const { workspace } = useWorkspace();
  useArrivals();
  useLivePages();
  useEffect(() => keepChoice(workspaceCookie, workspace.slug), [workspace.slug]);
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)] lg:grid-rows-1 wall:grid-cols-[minmax(0,1fr)]! wall:grid-rows-1!">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-raised"
      >
        {t("skip")}
      </a>
      <aside aria-label={t("sidebar")} className="hidden min-h-0 border-line border-e lg:block wall:hidden!">
        <Sidebar />
      </aside>
      <header className="flex h-12 items-center gap-1 border-line border-b px-2 lg:hidden wall:hidden!">
        <Drawer />
        <MyWorkLink />
        {/* A phone has no room for both; the menu shows the workspace too. */}
        <span className="min-w-0 flex-1 truncate font-semibold [[data-own-work]+&]:max-sm:invisible">
          {workspace.name}
        </span>
        <div className="flex shrink-0 items-center gap-1">
          <OwnAvailability compact />
          <OwnAccount compact />
        </div>
      </header>
      {/* `scrollbar-gutter` prevents a layout shift when a page grows. Not for the agent list, which has its own scroll container. */}
      <main
        id="content"
        tabIndex={-1}
        className="min-h-0 min-w-0 overflow-y-auto bg-surface outline-none [scrollbar-gutter:stable] has-data-scrolls-itself:[scrollbar-gutter:auto] wall:[scrollbar-gutter:auto]!"
      >
        {children}
      </main>
    </div>
  );
}

/** The layout around every page of a workspace. */
export function Shell({ entrance, children }: { entrance: Entrance; children: ReactNode }) {
  return (
    <WorkspaceProvider entrance={entrance}>
      <ShellDialogsProvider>
        <Frame>{children}</Frame>
      </ShellDialogsProvider>
      <SessionGate />
      <OfflineNotice />
      <PresenceHeartbeat />
      <OfferWatch />
    </WorkspaceProvider>
  );
}
