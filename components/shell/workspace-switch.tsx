"use client";

import { ChevronsUpDown } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useWorkspace } from "./workspace-context";

function Mark({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="flex size-6 shrink-0 items-center justify-center rounded-md bg-accent font-semibold text-on-accent text-xs"
    >
      {[...name][0]?.toLocaleUpperCase()}
    </span>
  );
}

/** Shows the current workspace; a menu for people in several workspaces. */
export function WorkspaceSwitch() {
  const t = useTranslations("shell.workspace");
  const { workspace, workspaces } = useWorkspace();
  if (workspaces.length < 2)
    return (
      <p className="flex h-9 items-center gap-2.5 px-1.5 font-semibold">
        <Mark name={workspace.name} />
        <span className="truncate">{workspace.name}</span>
      </p>
    );
  return (
    <MenuTrigger>
      <Button
        aria-label={t("label", { name: workspace.name })}
        className="flex h-9 w-full items-center gap-2.5 rounded-md px-1.5 text-start font-semibold data-hovered:bg-hover data-focus-visible:outline-2 data-focus-visible:outline-accent"
      >
        <Mark name={workspace.name} />
        <span className="min-w-0 flex-1 truncate">{workspace.name}</span>
        <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </Button>
      <Menu aria-label={t("switch")} selectionMode="single" selectedKeys={[workspace.id]}>
        {workspaces.map((each) => (
          <MenuItem key={each.id} id={each.id} textValue={each.name} href={`/w/${each.slug}`}>
            {each.name}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
