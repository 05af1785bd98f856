"use client";

import { SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { Specimen } from "./specimen";

const tabs = ["Profile", "Schedule", "Holidays", "Skills and teams", "Voice", "Workload", "History"];

export function StructureSpecimens() {
  return (
    <>
      <Specimen name="tabs" isWide>
        <Tabs>
          <TabList label="Parts of an agent">
            {tabs.map((tab) => (
              <Tab key={tab} id={tab} isDisabled={tab === "Workload"}>
                {tab}
              </Tab>
            ))}
          </TabList>
          {tabs.map((tab) => (
            <TabPanel key={tab} id={tab} className="py-4">
              {tab}
            </TabPanel>
          ))}
        </Tabs>
      </Specimen>
      <Specimen name="disclosures" isWide>
        <Disclosure title="Open" hint="3" level={4} defaultExpanded>
          What belongs to it.
        </Disclosure>
        <Disclosure title="Closed" level={4}>
          What belongs to it.
        </Disclosure>
        <Disclosure title="Disabled" level={4} isDisabled>
          What belongs to it.
        </Disclosure>
      </Specimen>
      <Specimen name="empty" isWide>
        <EmptyState
          icon={<SearchX className="size-5" />}
          title="Nobody matches"
          action={<Button>Clear filters</Button>}
        >
          No agent matches these filters.
        </EmptyState>
      </Specimen>
    </>
  );
}
