"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/shell/problem-text";
import { useWorkspace } from "@/components/shell/workspace-context";
import { notify } from "@/components/ui/toast";
import { viewSearch } from "@/lib/agents/agents/client/list-state";
import { useViewChanges, viewsQuery } from "@/lib/agents/views/client/queries";
import type { SavedView } from "@/lib/agents/views/contract";

/** Returns the URL of a view. It names the view, so that later changes count as changes to it. */
function addressOf(path: string, view: SavedView | null): string {
  if (!view) return path;
  const parameters = new URLSearchParams(view.search);
  parameters.set("view", view.id);
  return `${path}?${parameters}`;
}

/** Returns the person's saved views, the open one, and the actions on it. */
export function useViews(layout: { columns: readonly string[]; density: string }) {
  const t = useTranslations("agents.views");
  const ui = useTranslations("ui");
  const problem = useProblemText();
  const path = usePathname();
  const parameters = useSearchParams();
  const { workspace } = useWorkspace();
  const views = useQuery(viewsQuery(workspace.id)).data;
  const { create, change, remove } = useViewChanges(workspace.id);

  const search = useMemo(() => viewSearch(parameters.toString()), [parameters]);
  const openId = parameters.get("view");
  const open = views?.find((view) => view.id === openId) ?? null;
  const isChanged = open ? viewSearch(open.search) !== search : search !== "";

  /**
   * Returns the current list state, including columns and density that come from the browser's preference.
   */
  const currentSearch = useCallback(() => {
    const whole = new URLSearchParams(search);
    whole.set("columns", layout.columns.join(","));
    whole.set("density", layout.density);
    return viewSearch(whole.toString());
  }, [search, layout.columns, layout.density]);

  // Only the URL changes, and the list follows it; no navigation.
  const go = (view: SavedView | null, history: "push" | "replace" = "push") =>
    window.history[`${history}State`](null, "", addressOf(path, view));

  async function save(name: string) {
    go(await create.mutateAsync({ name, search: currentSearch() }), "replace");
  }

  return {
    views: views ?? [],
    open,
    isChanged,
    go,
    hrefOf: (view: SavedView | null) => addressOf(path, view),
    save,
    rename: async (view: SavedView, name: string) => {
      await change.mutateAsync({ id: view.id, name });
    },
    update(view: SavedView) {
      const before = view.search;
      const after = currentSearch();
      const onError = (error: unknown) =>
        notify({ kind: "error", title: t("notUpdated", { name: view.name }), detail: problem(error) });
      go({ ...view, search: after }, "replace");
      change.mutate(
        { id: view.id, search: after },
        {
          onError,
          onSuccess: () =>
            notify({
              kind: "success",
              title: t("updated", { name: view.name }),
              action: {
                label: ui("undo"),
                run: () => change.mutate({ id: view.id, search: before }, { onError }),
              },
            }),
        },
      );
    },
    remove(view: SavedView) {
      go(null);
      remove.mutate(view.id, {
        onError: (error) =>
          notify({ kind: "error", title: t("notDeleted", { name: view.name }), detail: problem(error) }),
        onSuccess: () =>
          notify({
            kind: "success",
            title: t("deleted", { name: view.name }),
            action: {
              label: ui("undo"),
              run: () =>
                create.mutate(
                  { name: view.name, search: view.search },
                  {
                    onSuccess: (again) => go(again),
                    onError: (error) =>
                      notify({
                        kind: "error",
                        title: t("notRestored", { name: view.name }),
                        detail: problem(error),
                      }),
                  },
                ),
            },
          }),
      });
    },
  };
}

export type Views = ReturnType<typeof useViews>;
