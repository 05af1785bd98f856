"use client";

import { ListFilter, X } from "lucide-react";
import { type ReactNode, Suspense } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { lazyPart } from "@/components/ui/lazy-part";
import { Popover } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { type AgentFilters, isFiltered } from "@/lib/agents/agents/client/list-state";
import type { FieldState } from "./filter-fields";
import type { FilterChange } from "./list-address";

const loadPanel = () => import("./filter-panel");
const FilterPanel = lazyPart(async () => (await loadPanel()).FilterPanel);
const FilterFieldPanel = lazyPart(async () => (await loadPanel()).FilterFieldPanel);
const Dialog = lazyPart(async () => (await import("@/components/ui/dialog")).Dialog);

const fallback = <Skeleton className="m-2 h-56 w-56" />;

interface FilterProps {
  filters: AgentFilters;
  fields: readonly FieldState[];
  onFilter: (change: FilterChange) => void;
}

/** Opens the filters in a popover, or in a sheet on phones. */
export function FilterButton({
  isPhone,
  isOpen,
  onOpenChange,
  ...props
}: FilterProps & { isPhone: boolean; isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("agents.filters");
  const count = props.fields.filter(({ summary }) => summary !== null).length;
  const content: ReactNode = (
    <>
      <ListFilter aria-hidden="true" className="size-4 text-muted" />
      {/* Decided by width alone, which CSS knows before hydration. */}
      <span className="max-md:sr-only">{t("title")}</span>
      {count > 0 && <span className="tabular-nums md:hidden">{count}</span>}
    </>
  );
  if (isPhone)
    return (
      <>
        <Button onPress={() => onOpenChange(true)}>{content}</Button>
        {isOpen && (
          <Suspense>
            <Dialog title={t("title")} isOpen onOpenChange={onOpenChange} width="small" appliesAtOnce>
              <FilterPanel {...props} isWide />
            </Dialog>
          </Suspense>
        )}
      </>
    );
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button onHoverStart={() => void loadPanel().catch(() => undefined)}>{content}</Button>
      <Popover label={t("title")} placement="bottom start">
        <Suspense fallback={fallback}>
          <FilterPanel {...props} />
        </Suspense>
      </Popover>
    </DialogTrigger>
  );
}

function Chip({ state, ...props }: Omit<FilterProps, "fields"> & { state: FieldState }) {
  const t = useTranslations("agents.filters");
  const part =
    "flex h-full items-center data-hovered:bg-pressed data-focus-visible:outline-2 data-focus-visible:outline-accent";
  return (
    <li className="flex h-7 max-w-full items-stretch rounded-md bg-sunken text-sm max-sm:h-11">
      <DialogTrigger>
        <AriaButton
          aria-label={t("edit", { field: state.name, value: state.summary ?? "" })}
          className={classes(part, "min-w-0 gap-1 rounded-s-md ps-2 pe-1")}
        >
          <span className="shrink-0 text-muted">{state.name}</span>
          <span className="truncate font-medium">{state.summary}</span>
        </AriaButton>
        <Popover label={state.name} placement="bottom start">
          <Suspense fallback={fallback}>
            <div className="w-72">
              <FilterFieldPanel state={state} {...props} />
            </div>
          </Suspense>
        </Popover>
      </DialogTrigger>
      <AriaButton
        aria-label={t("remove", { field: state.name })}
        onPress={() => props.onFilter(state.clear)}
        className={classes(part, "w-7 shrink-0 justify-center rounded-e-md text-muted max-sm:w-11")}
      >
        <X aria-hidden="true" className="size-3.5" />
      </AriaButton>
    </li>
  );
}

/** The active filters, each editable and removable. */
export function FilterChips({ fields, onClear, ...props }: FilterProps & { onClear: () => void }) {
  const t = useTranslations("agents.filters");
  const active = fields.filter(({ summary }) => summary !== null);
  if (!isFiltered(props.filters)) return null;
  return (
    <>
      {active.length > 0 && (
        <ul aria-label={t("active")} className="contents">
          {active.map((state) => (
            <Chip key={state.field} state={state} {...props} />
          ))}
        </ul>
      )}
      <Button
        look="quiet"
        size="small"
        onPress={onClear}
        className={classes(
          "text-muted",
          // The search field has its own button, and on a phone this one would take a line.
          active.length === 0 && "max-md:hidden",
        )}
      >
        {t("clearAll")}
      </Button>
    </>
  );
}
