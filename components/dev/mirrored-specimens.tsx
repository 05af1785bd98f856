"use client";

import { useState } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Calendar } from "@/components/ui/calendar";
import { ComboBox } from "@/components/ui/combo-box";
import { DatePicker } from "@/components/ui/date-picker";
import { Disclosure } from "@/components/ui/disclosure";
import { NumberField } from "@/components/ui/number-field";
import { SearchField } from "@/components/ui/search-field";
import { Segment, Segmented } from "@/components/ui/segmented";
import { Option, Select } from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import { Table } from "@/components/ui/table";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { TagPicker } from "@/components/ui/tag-picker";
import { TextField } from "@/components/ui/text-field";
import { TimeField } from "@/components/ui/time-field";
import { Fields, Specimen } from "./specimen";
import { columns, people } from "./table-specimens";

const teams = [
  { id: "1", name: "الدعم" },
  { id: "2", name: "المبيعات" },
  { id: "3", name: "الفواتير" },
];

/** Direction-dependent parts, shown from right to left. */
export function MirroredSpecimens() {
  const [chosen, setChosen] = useState(["1", "2"]);
  const [amount, setAmount] = useState<number | null>(12);
  return (
    <I18nProvider locale="ar-EG">
      <div dir="rtl" lang="ar" className="space-y-5">
        <Specimen name="الحقول">
          <Fields>
            <TextField label="الاسم" defaultValue="علي حسن" suffix="دقيقة" />
            <SearchField label="بحث" placeholder="بحث" keys="/" />
            <NumberField label="السعة" value={amount} onChange={setAmount} unit="دقيقة" />
            <Select label="الفريق" items={teams} defaultSelectedKey="1">
              {({ id, name }) => <Option id={id}>{name}</Option>}
            </Select>
            <ComboBox label="الفريق" items={teams} value="2" onChange={() => {}}>
              {({ id, name }) => <Option id={id}>{name}</Option>}
            </ComboBox>
            <TagPicker label="الفرق" items={teams} value={chosen} onChange={setChosen} />
            <TimeField label="من" value={{ hour: 9, minute: 30 }} onChange={() => {}} />
            <DatePicker label="التاريخ" value="2026-05-31" onChange={() => {}} />
            <Slider label="التكبير" defaultValue={30} showValue />
          </Fields>
        </Specimen>
        <Specimen name="الاختيار">
          <Switch defaultSelected>نشط</Switch>
          <Segmented label="الكثافة" hideLabel defaultValue="b">
            <Segment value="a">مريحة</Segment>
            <Segment value="b">مضغوطة</Segment>
          </Segmented>
        </Specimen>
        <Specimen name="التقويم">
          <Calendar label="يوم" value="2026-05-31" onChange={() => {}} />
        </Specimen>
        <Specimen name="البنية" isWide>
          <Tabs>
            <TabList label="أقسام">
              <Tab id="a">الملف</Tab>
              <Tab id="b">الجدول</Tab>
            </TabList>
            <TabPanel id="a" className="py-3">
              الملف
            </TabPanel>
            <TabPanel id="b" className="py-3">
              الجدول
            </TabPanel>
          </Tabs>
          <Disclosure title="مغلق" level={4}>
            المحتوى
          </Disclosure>
          <Table
            label="جدول"
            columns={columns}
            rows={people.slice(0, 20)}
            density="compact"
            selection={new Set()}
            onSelectionChange={() => {}}
            nameOf={({ name }) => name}
            className="h-64 rounded-lg border border-line"
          />
        </Specimen>
      </div>
    </I18nProvider>
  );
}
