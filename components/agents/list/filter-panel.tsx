"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { ListBox } from "react-aria-components/ListBox";
import { Menu } from "react-aria-components/Menu";
import { useTranslations } from "use-intl";
import { statusMarks } from "@/components/availability/status-menu";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { MenuItem } from "@/components/ui/menu";
import { SearchField } from "@/components/ui/search-field";
import { Option } from "@/components/ui/select";
import { StatusMark } from "@/components/ui/status-mark";
import type { AgentFilters } from "@/lib/agents/agents/client/list-state";
import { agentStatuses } from "@/lib/availability/declared/values";
import { containsFolded } from "@/lib/platform/text/text-folding";
import { ExactTimes } from "./exact-times";
import type { FieldState, FilterField } from "./filter-fields";
import type { FilterChange } from "./list-address";

/** Number of options from which a search field is shown. */
const searchedFrom = 9;

function Choices({ state, onFilter }: { state: FieldState; onFilter: (change: FilterChange) => void }) {
  const t = useTranslations("agents.filters");
  const list = (
    <ListBox
      aria-label={state.name}
      {...(state.choices.length < searchedFrom ? { autoFocus: "first" } : {})}
      items={state.choices}
      // Escape closes the panel; by default it would also clear the selection.
      escapeKeyBehavior="none"
      selectionMode={state.isMultiple ? "multiple" : "single"}
      selectedKeys={state.chosen}
      onSelectionChange={(keys) =>
        onFilter(state.choose(keys === "all" ? state.choices.map(({ id }) => id) : [...keys].map(String)))
      }
      renderEmptyState={() => <p className="px-2 py-1.5 text-muted">{t("noChoices")}</p>}
      className="max-h-72 overflow-auto p-1 outline-none"
    >
      {(choice) => (
        <Option id={choice.id} icon={iconOf(state.field, choice.id)}>
          {choice.name}
        </Option>
      )}
    </ListBox>
  );
  if (state.choices.length < searchedFrom) return list;
  return (
    <Autocomplete filter={containsFolded}>
      <div className="p-1 pb-0">
        <SearchField autoFocus label={t("searchChoices", { field: state.name })} />
      </div>
      {list}
    </Autocomplete>
  );
}

function iconOf(field: FilterField, id: string): ReactNode {
  const status = field === "status" && agentStatuses.find((each) => each === id);
  return status && <StatusMark mark={statusMarks[status]} />;
}

/** The options of one filter. */
export function FilterFieldPanel({
  state,
  filters,
  onFilter,
}: {
  state: FieldState;
  filters: AgentFilters;
  onFilter: (change: FilterChange) => void;
}) {
  const t = useTranslations("agents.filters");
  return (
    <>
      <Choices state={state} onFilter={onFilter} />
      {state.field === "changed" && (
        <ExactTimes
          // Resets the fields when the bounds change elsewhere. Otherwise, incomplete input is kept.
          key={`${filters.since?.getTime()}-${filters.upto?.getTime()}`}
          since={filters.since}
          upto={filters.upto}
          onChange={(bounds) => onFilter({ ...bounds, changed: null })}
        />
      )}
      {state.summary !== null && (
        <div className="border-line border-t p-1">
          <Button look="quiet" size="small" onPress={() => onFilter(state.clear)} className="w-full">
            {t("clearOne", { field: state.name })}
          </Button>
        </div>
      )}
    </>
  );
}

/** Lists the filters, then the options of the chosen one. */
export function FilterPanel({
  fields,
  filters,
  onFilter,
  isWide = false,
}: {
  fields: readonly FieldState[];
  filters: AgentFilters;
  onFilter: (change: FilterChange) => void;
  /** Whether to fill the container, such as a sheet on a phone. */
  isWide?: boolean;
}) {
  const t = useTranslations("agents.filters");
  const [open, setOpen] = useState<FilterField | null>(null);
  const state = fields.find(({ field }) => field === open);
  if (!state)
    return (
      <div className={isWide ? "-mx-3" : "w-60"}>
        <Menu
          aria-label={t("title")}
          autoFocus="first"
          // The options open in the same popover.
          shouldCloseOnSelect={false}
          onAction={(key) => setOpen(fields.find(({ field }) => field === key)?.field ?? null)}
          className="p-1 outline-none"
        >
          {fields.map(({ field, name, summary }) => (
            <MenuItem
              key={field}
              id={field}
              textValue={name}
              hint={
                <span className="flex items-center gap-1">
                  <span className="max-w-32 truncate">{summary}</span>
                  <ChevronRight aria-hidden="true" className="size-3.5 rtl:-scale-x-100" />
                </span>
              }
            >
              {name}
            </MenuItem>
          ))}
        </Menu>
      </div>
    );
  return (
    <div className={isWide ? "-mx-3" : "w-72"}>
      <div className="border-line border-b p-1">
        <Button
          look="quiet"
          size="small"
          onPress={() => setOpen(null)}
          className={classes("w-full justify-start!", isWide && "h-10")}
        >
          <ChevronLeft aria-hidden="true" className="size-3.5 rtl:-scale-x-100" />
          {state.name}
        </Button>
      </div>
      <FilterFieldPanel state={state} filters={filters} onFilter={onFilter} />
    </div>
  );
}
