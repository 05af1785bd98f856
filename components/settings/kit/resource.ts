import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { SectionName } from "@/components/settings/sections";
import type { Messages } from "@/lib/platform/locale/messages";
import type { Column } from "./settings-table";

/** Resources with page texts in the catalogs `settings` and `shell.settings`. */
export type ResourceName = keyof Messages["settings"] & SectionName;

export interface Named {
  id: string;
  name: string;
}

/** The items of a settings page, and how its table shows them. */
export interface ResourceTable<Item> {
  items: UseQueryResult<Item[]>;
  columns: readonly Column<Item>[];
  /** Whether the items have a custom order. Sorted by name by default. */
  isOrdered?: boolean;
  /** Returns content shown before the name, such as an icon. */
  mark?: (item: Item) => ReactNode;
  /** Returns the text that the search matches. */
  searched: (item: Item) => string;
  /** Returns a badge next to the name. */
  badge?: (item: Item) => ReactNode;
  /** Returns a short text after the name, shown on wide screens. */
  note?: (item: Item) => string | undefined;
  /** Returns the column values as one line below the name, for narrow screens. */
  summary: (item: Item) => ReactNode;
  /** Returns the menu items between "Edit" and "Delete", for people with write permission. */
  menu?: (item: Item) => ReactNode;
  /** Whether people with write permission may change this item; defaults to true. */
  isEditable?: (item: Item) => boolean;
  /** Labels other than "Edit" and "Delete…". */
  editLabel?: string;
  deleteLabel?: (item: Item) => string;
  /** Returns a badge next to the title of the panel. */
  panelBadge?: (item: Item) => ReactNode;
}
