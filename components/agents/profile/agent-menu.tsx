"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Link as LinkIcon, MoreHorizontal, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { Suspense, useState } from "react";
import { Button } from "react-aria-components/Button";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { lazyPart } from "@/components/ui/lazy-part";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { notify } from "@/components/ui/toast";
import { agentKeys } from "@/lib/platform/client/cache-keys";
import { useProfile } from "./profile-context";

const DeleteAgent = lazyPart(async () => (await import("./delete-agent")).DeleteAgent);

export function AgentMenu() {
  const t = useTranslations("profile");
  const { workspaceId, agent, rights } = useProfile();
  const { href } = useWorkspace();
  const router = useRouter();
  const client = useQueryClient();
  const [isDeleting, setDeleting] = useState(false);

  async function copyLink() {
    await navigator.clipboard.writeText(new URL(href(`/agents/${agent.id}`), window.location.href).href);
    notify({ kind: "success", title: t("header.copied") });
  }

  return (
    <>
      <MenuTrigger>
        <Button
          aria-label={t("header.more", { name: agent.name })}
          className="flex size-8 shrink-0 items-center justify-center rounded-md text-muted data-focus-visible:outline-2 data-focus-visible:outline-accent data-hovered:bg-hover data-hovered:text-ink max-sm:size-11"
        >
          <MoreHorizontal aria-hidden="true" className="size-4" />
        </Button>
        <Menu
          aria-label={t("header.more", { name: agent.name })}
          placement="bottom end"
          onAction={(key) => {
            if (key === "copy") void copyLink();
            if (key === "delete") setDeleting(true);
          }}
        >
          <MenuItem id="copy" icon={<LinkIcon className="size-4" />}>
            {t("header.copyLink")}
          </MenuItem>
          {rights.canDelete && <MenuSeparator />}
          {rights.canDelete && (
            <MenuItem id="delete" danger icon={<Trash2 className="size-4 text-danger" />}>
              {t("header.delete")}
            </MenuItem>
          )}
        </Menu>
      </MenuTrigger>
      {isDeleting && (
        <Suspense>
          <DeleteAgent
            workspaceId={workspaceId}
            agent={agent}
            onClose={() => setDeleting(false)}
            onDeleted={() => {
              notify({ kind: "success", title: t("delete.done", { name: agent.name }) });
              router.push(href("/agents"));
              // All cached data of the agent. It is removed, so that nothing refetches it before the page
              // closes.
              client.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(agent.id) });
              void client.invalidateQueries({ queryKey: agentKeys.lists(workspaceId) });
            }}
          />
        </Suspense>
      )}
    </>
  );
}
