"use client";

import { Bookmark, Ellipsis, Pencil, Save, Trash2 } from "lucide-react";
import { type MouseEvent, Suspense, useState } from "react";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { IconButton } from "@/components/ui/icon-button";
import { lazyPart } from "@/components/ui/lazy-part";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { SavedView } from "@/lib/agents/views/contract";
import type { Views } from "./use-views";

const ViewNameDialog = lazyPart(async () => (await import("./view-name-dialog")).ViewNameDialog);

const icon = "size-4";

/** The person's saved views, and the actions on the open one. */
export function ViewBar({ views }: { views: Views }) {
  const t = useTranslations("agents.views");
  const [naming, setNaming] = useState<SavedView | "new" | null>(null);
  const { open, isChanged } = views;
  const isEverybody = open === null && !isChanged;

  function pill(view: SavedView | null, isHere: boolean, name: string) {
    return (
      <li key={view?.id ?? "all"} className="shrink-0">
        <a
          href={views.hrefOf(view)}
          aria-current={isHere ? "page" : undefined}
          onClick={(event: MouseEvent) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            views.go(view);
          }}
          className={classes(
            "flex h-7 max-w-48 items-center gap-1.5 rounded-md px-2.5 text-sm transition-colors hover:bg-hover max-sm:h-11",
            isHere ? "bg-pressed/60 font-medium text-ink" : "text-muted",
          )}
        >
          <span className="truncate">{name}</span>
          {isHere && open && isChanged && (
            <span className="size-1.5 shrink-0 rounded-full bg-accent" role="img" aria-label={t("changed")} />
          )}
        </a>
      </li>
    );
  }

  return (
    <div className="flex min-w-0 flex-1 items-center gap-1">
      <nav aria-label={t("label")} className="min-w-0 overflow-x-auto py-1 [scrollbar-width:none]">
        <ul className="flex items-center gap-0.5 px-0.5">
          {pill(null, isEverybody, t("all"))}
          {views.views.map((view) => pill(view, view.id === open?.id, view.name))}
        </ul>
      </nav>
      {open ? (
        <MenuTrigger>
          <IconButton label={t("actions", { name: open.name })} size="small">
            <Ellipsis aria-hidden="true" className={icon} />
          </IconButton>
          <Menu
            aria-label={t("actions", { name: open.name })}
            onAction={(key) => {
              if (key === "update") views.update(open);
              if (key === "save") setNaming("new");
              if (key === "rename") setNaming(open);
              if (key === "delete") views.remove(open);
            }}
          >
            <MenuItem id="update" icon={<Save className={icon} />} isDisabled={!isChanged}>
              {t("update")}
            </MenuItem>
            <MenuItem id="save" icon={<Bookmark className={icon} />}>
              {t("saveNew")}
            </MenuItem>
            <MenuItem id="rename" icon={<Pencil className={icon} />}>
              {t("rename")}
            </MenuItem>
            <MenuSeparator />
            <MenuItem id="delete" icon={<Trash2 className={icon} />} danger>
              {t("delete")}
            </MenuItem>
          </Menu>
        </MenuTrigger>
      ) : (
        isChanged && (
          <Button
            look="quiet"
            size="small"
            onPress={() => setNaming("new")}
            className="text-muted max-sm:h-11"
          >
            <Bookmark aria-hidden="true" className="size-3.5" />
            {t("save")}
          </Button>
        )
      )}
      {naming && (
        <Suspense>
          <ViewNameDialog
            view={naming === "new" ? null : naming}
            onClose={() => setNaming(null)}
            onSave={(name) => (naming === "new" ? views.save(name) : views.rename(naming, name))}
          />
        </Suspense>
      )}
    </div>
  );
}
