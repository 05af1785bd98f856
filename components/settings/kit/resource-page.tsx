"use client";

import { Pencil, Trash2 } from "lucide-react";
import { type ComponentType, type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Button } from "@/components/ui/button";
import { MenuItem } from "@/components/ui/menu";
import type { Permission } from "@/lib/platform/security/permissions";
import { PageProvider, usePage } from "./page-context";
import { Panel } from "./panel";
import { usePanelState } from "./panel-state";
import { PanelOf } from "./panel-target";
import type { Named, ResourceName, ResourceTable } from "./resource";
import { ResourceList } from "./resource-list";

interface Resource<Item extends Named> {
  name: ResourceName;
  /** The permission to change items. */
  write?: Permission;
  useTable: () => ResourceTable<Item>;
  /** The panel of an item, and of a new one. */
  Form: ComponentType<{ item: Item | undefined }>;
  /** The panel for people who may not change the item. */
  Details: ComponentType<{ item: Item }>;
  /** The dialog that deletes an item. */
  Delete: ComponentType<{ item: Item }>;
}

/** Makes a settings page: a list by name, a panel for one item, and a dialog that deletes it. */
export function resourcePage<Item extends Named>(resource: Resource<Item>): ComponentType {
  const { name, write = "settings.write", useTable, Form, Details, Delete } = resource;

  function Content() {
    const t = useTranslations("settings");
    const ui = useTranslations("ui");
    const { can } = useWorkspace();
    const { panel, show } = usePage();
    const { isEditable = () => true, editLabel, deleteLabel, menu, panelBadge, ...table } = useTable();
    const canWrite = can(write);
    const labelOfDelete = (item: Item) => deleteLabel?.(item) ?? t("common.deleteEllipsis");
    const remove = (item: Item) => show(<Delete item={item} />);

    function actions(item: Item) {
      const own = menu?.(item);
      if (!isEditable(item)) return own;
      return (
        <>
          <MenuItem icon={<Pencil className="size-4" />} onAction={() => panel.open(item.id)}>
            {editLabel ?? t("common.edit")}
          </MenuItem>
          {own}
          <MenuItem danger icon={<Trash2 className="size-4" />} onAction={() => remove(item)}>
            {labelOfDelete(item)}
          </MenuItem>
        </>
      );
    }

    function panelFor(item: Item) {
      const deleteButton = (
        <Button look="quiet" onPress={() => remove(item)}>
          <Trash2 aria-hidden="true" className="size-4" />
          {labelOfDelete(item)}
        </Button>
      );
      return (
        <Panel
          title={item.name}
          badge={panelBadge?.(item)}
          buttons={{ submitLabel: ui("save"), remove: deleteButton }}
        >
          {canWrite && isEditable(item) ? <Form item={item} /> : <Details item={item} />}
        </Panel>
      );
    }

    return (
      <>
        <ResourceList name={name} canWrite={canWrite} actions={actions} {...table} />
        <PanelOf items={table.items} canCreate={canWrite}>
          {(item) =>
            item ? (
              panelFor(item)
            ) : (
              <Panel title={t(`${name}.new`)} buttons={{ submitLabel: t(`${name}.create`) }}>
                <Form item={undefined} />
              </Panel>
            )
          }
        </PanelOf>
      </>
    );
  }

  return function ResourcePage() {
    const panel = usePanelState();
    const [dialog, show] = useState<ReactNode>();
    return (
      <PageProvider value={{ panel, show, close: () => show(undefined) }}>
        <Content />
        {dialog}
      </PageProvider>
    );
  };
}
