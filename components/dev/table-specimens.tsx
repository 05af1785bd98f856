"use client";

import { MoreHorizontal } from "lucide-react";
import { useMemo, useState } from "react";
import type { Selection, SortDescriptor } from "react-aria-components/Table";
import { Avatar } from "@/components/ui/avatar";
import { IconButton } from "@/components/ui/icon-button";
import { Meter } from "@/components/ui/meter";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Switch } from "@/components/ui/switch";
import { type Density, Table, type TableColumn } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { notify } from "@/components/ui/toast";
import { Specimen } from "./specimen";

interface Person {
  id: string;
  name: string;
  team: string;
  load: number;
}

const teams = ["Support", "Sales", "Billing and refunds for the whole of northern Europe"];

export const people: Person[] = Array.from({ length: 500 }, (_, index) => ({
  id: `row-${index}`,
  name: `${["Ann", "Barb", "Chris", "Dee", "Ella"][index % 5]} ${index + 1}`,
  team: teams[index % teams.length] ?? "",
  load: index % 6,
}));

export const columns: TableColumn<Person>[] = [
  {
    id: "name",
    name: "Agent",
    isSortable: true,
    isRowHeader: true,
    share: 2,
    minWidth: 180,
    cell: ({ name }) => (
      <span className="flex min-w-0 items-center gap-2.5">
        <Avatar name={name} size="small" />
        <span className="truncate font-medium">{name}</span>
      </span>
    ),
  },
  {
    id: "status",
    name: "Status",
    width: 90,
    cell: ({ name, load }) => (
      <Switch hideLabel defaultSelected={load > 2}>
        {`${name} is active`}
      </Switch>
    ),
  },
  { id: "team", name: "Team", isSortable: true, minWidth: 140, cell: ({ team }) => <Tag>{team}</Tag> },
  {
    id: "load",
    name: "Workload",
    isSortable: true,
    width: 150,
    cell: ({ load }) => <Meter label="Workload" text={`${load} of 5`} value={load} maxValue={5} />,
  },
  {
    id: "number",
    name: "Today",
    align: "end",
    width: 90,
    cell: ({ load }) => <span className="tabular-nums">{load * 1_234}</span>,
  },
  {
    id: "more",
    name: "Actions",
    hideName: true,
    width: 56,
    align: "end",
    cell: ({ name }) => (
      <IconButton label={`More about ${name}`} size="small">
        <MoreHorizontal aria-hidden="true" className="size-4" />
      </IconButton>
    ),
  },
];

export function TableSpecimens() {
  const [updating, setUpdating] = useState(false);
  const [density, setDensity] = useState<Density>("comfortable");
  const [selection, setSelection] = useState<Selection>(new Set(["row-1"]));
  const [sort, setSort] = useState<SortDescriptor>({ column: "name", direction: "ascending" });
  const rows = useMemo(() => {
    const turn = sort.direction === "descending" ? -1 : 1;
    const keyOf = (person: Person) =>
      sort.column === "load"
        ? person.load
        : sort.column === "team"
          ? person.team
          : Number(person.id.slice(4));
    return people.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -turn : turn));
  }, [sort]);
  return (
    <>
      <Specimen name="500 rows" isWide>
        <Segmented
          label="Density"
          hideLabel
          value={density}
          onChange={(value) => setDensity(value as Density)}
        >
          <Segment value="comfortable">Comfortable</Segment>
          <Segment value="compact">Compact</Segment>
        </Segmented>
        <Table
          label="Agents"
          columns={columns}
          rows={rows}
          density={density}
          sort={sort}
          onSortChange={setSort}
          selection={selection}
          onSelectionChange={setSelection}
          onOpen={(id) => notify({ kind: "info", title: `Opened ${id}` })}
          nameOf={({ name }) => name}
          letterKeys
          className="h-96 rounded-lg border border-line"
        />
      </Specimen>
      <Specimen name="updating" isWide>
        <Switch isSelected={updating} onChange={setUpdating}>
          Newer rows are on their way
        </Switch>
        <Table
          label="Agents, updating"
          columns={columns.slice(0, 4)}
          rows={people.slice(0, 3)}
          density="compact"
          isUpdating={updating}
          nameOf={({ name }) => name}
          className="rounded-lg border border-line"
        />
      </Specimen>
      <Specimen name="empty" isWide>
        <Table
          label="Agents, none"
          columns={columns.slice(0, 4)}
          rows={[]}
          empty={<p className="p-6 text-center text-muted">Nobody is here yet.</p>}
          className="h-40 rounded-lg border border-line"
        />
      </Specimen>
    </>
  );
}
