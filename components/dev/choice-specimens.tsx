"use client";

import { Globe, UserRound } from "lucide-react";
import { useMemo, useState } from "react";
import type { Key } from "react-aria-components/ComboBox";
import { Checkbox } from "@/components/ui/checkbox";
import { ComboBox } from "@/components/ui/combo-box";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option, Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TagList } from "@/components/ui/tag-list";
import { type Choice, TagPicker } from "@/components/ui/tag-picker";
import { zoneTable } from "@/lib/platform/time/zone-table";
import { SearchedPeople } from "./searched-people";
import { Fields, Specimen } from "./specimen";

const teams: Choice[] = [
  { id: "1", name: "Support" },
  { id: "2", name: "Sales", hint: "12" },
  { id: "3", name: "Billing and refunds for the whole of northern Europe" },
  { id: "4", name: "Night shift" },
  { id: "5", name: "Escalations", isDisabled: true },
];

export function ChoiceSpecimens() {
  const zones = useMemo(() => zoneTable().listed.map((id) => ({ id })), []);
  const [zone, setZone] = useState<Key | null>("Europe/Berlin");
  const [chosen, setChosen] = useState(["1", "3"]);
  const [few, setFew] = useState<string[]>([]);
  return (
    <>
      <Specimen name="switches">
        <Switch>Off</Switch>
        <Switch defaultSelected>On</Switch>
        <Switch isDisabled>Disabled</Switch>
        <Switch isDisabled defaultSelected>
          Disabled, on
        </Switch>
      </Specimen>
      <Specimen name="checkboxes">
        <Checkbox>Off</Checkbox>
        <Checkbox defaultSelected>On</Checkbox>
        <Checkbox isIndeterminate>Some</Checkbox>
        <Checkbox isInvalid>Invalid</Checkbox>
        <Checkbox isDisabled defaultSelected>
          Disabled
        </Checkbox>
      </Specimen>
      <Specimen name="radios">
        <Fields>
          <RadioGroup label="Apply to" defaultValue="one" help="It can be changed later.">
            <Radio value="one" help="The others stay as they are.">
              This week
            </Radio>
            <Radio value="all">Every week from now on</Radio>
            <Radio value="none" isDisabled>
              Past weeks
            </Radio>
          </RadioGroup>
          <RadioGroup label="Invalid" error="Choose one.">
            <Radio value="one">One</Radio>
            <Radio value="two">Another</Radio>
          </RadioGroup>
          <RadioGroup label="Beside each other" orientation="horizontal" defaultValue="two">
            <Radio value="one">One</Radio>
            <Radio value="two">Another</Radio>
          </RadioGroup>
        </Fields>
      </Specimen>
      <Specimen name="segmented">
        <Segmented label="Density" defaultValue="compact">
          <Segment value="comfortable">Comfortable</Segment>
          <Segment value="compact">Compact</Segment>
        </Segmented>
        <Segmented label="Disabled" defaultValue="a" isDisabled>
          <Segment value="a">Day</Segment>
          <Segment value="b">Week</Segment>
        </Segmented>
      </Specimen>
      <Specimen name="select">
        <Fields>
          <Select label="Empty" items={teams} placeholder="Choose a team">
            {({ id, name, hint }) => (
              <Option id={id} hint={hint}>
                {name}
              </Option>
            )}
          </Select>
          <Select label="Chosen" items={teams} defaultSelectedKey="3">
            {({ id, name }) => <Option id={id}>{name}</Option>}
          </Select>
          <Select label="Invalid" items={teams} placeholder="Choose a team" error="Choose a team.">
            {({ id, name }) => <Option id={id}>{name}</Option>}
          </Select>
          <Select label="Disabled" items={teams} defaultSelectedKey="1" isDisabled>
            {({ id, name }) => <Option id={id}>{name}</Option>}
          </Select>
        </Fields>
      </Specimen>
      <Specimen name="combo box">
        <Fields>
          <ComboBox label="Time zone" items={zones} value={zone} onChange={setZone} help="Type to search.">
            {({ id }) => (
              <Option id={id} textValue={id.replaceAll("_", " ")} icon={<Globe className="size-4" />}>
                {id.replaceAll("_", " ")}
              </Option>
            )}
          </ComboBox>
          <ComboBox label="Empty" items={teams} value={null} onChange={() => {}} placeholder="Any team">
            {({ id, name }) => <Option id={id}>{name}</Option>}
          </ComboBox>
          <ComboBox label="Invalid" items={teams} value="2" onChange={() => {}} error="No longer exists.">
            {({ id, name }) => <Option id={id}>{name}</Option>}
          </ComboBox>
          <ComboBox label="Disabled" items={teams} value="1" onChange={() => {}} isDisabled>
            {({ id, name }) => <Option id={id}>{name}</Option>}
          </ComboBox>
        </Fields>
      </Specimen>
      <Specimen name="tag picker">
        <Fields>
          <TagPicker label="Teams" items={teams} value={chosen} onChange={setChosen} />
          <TagPicker label="Empty" items={teams} value={few} onChange={setFew} placeholder="Any team" />
          <TagPicker label="Invalid" items={teams} value={[]} onChange={() => {}} error="Choose a team." />
          <TagPicker label="Disabled" items={teams} value={["1", "2"]} onChange={() => {}} isDisabled />
          <SearchedPeople />
        </Fields>
      </Specimen>
      <Specimen name="tag list">
        <TagList
          label="Skills"
          tags={chosen.map((id) => ({
            id,
            name: teams.find((team) => team.id === id)?.name ?? id,
            icon: <UserRound className="size-3.5" />,
          }))}
          onRemove={(id) => setChosen(chosen.filter((each) => each !== id))}
        />
        <TagList label="Fixed" tags={[{ id: "1", name: "Support" }]} />
        <TagList label="Empty" tags={[]} empty="No skills yet" />
      </Specimen>
    </>
  );
}
