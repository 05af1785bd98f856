"use client";

import { useState } from "react";
import { DropZone } from "@/components/ui/drop-zone";
import { NumberField } from "@/components/ui/number-field";
import { SearchField } from "@/components/ui/search-field";
import { Slider } from "@/components/ui/slider";
import { TextField } from "@/components/ui/text-field";
import { Fields, Specimen } from "./specimen";

const long = "A value that is much longer than the field that holds it, so that it has to scroll inside";

export function FieldSpecimens() {
  const [amount, setAmount] = useState<number | null>(12);
  const [zoom, setZoom] = useState(1.4);
  const [dropped, setDropped] = useState("PNG or JPEG, up to 8 MB");
  return (
    <>
      <Specimen name="text">
        <Fields>
          <TextField label="Empty" placeholder="Placeholder" />
          <TextField label="With help" defaultValue="ann@example.com" help="Only supervisors see it." />
          <TextField label="Invalid" defaultValue="ann@" error="Enter an e-mail address." />
          <TextField label="Disabled" defaultValue="Fixed" isDisabled />
          <TextField label="Read only" defaultValue="Fixed" isReadOnly />
          <TextField label="With a unit" defaultValue="15" suffix="minutes" />
          <TextField label="Long" defaultValue={long} />
          <TextField label="Several lines" lines={3} defaultValue={long} />
        </Fields>
      </Specimen>
      <Specimen name="search">
        <Fields>
          <SearchField label="Search agents" placeholder="Search agents" keys="/" />
          <SearchField label="Search teams" defaultValue="Support" />
          <SearchField label="Search skills" placeholder="Disabled" isDisabled />
        </Fields>
      </Specimen>
      <Specimen name="numbers">
        <Fields>
          <NumberField label="Capacity" value={amount} onChange={setAmount} minValue={0} maxValue={100} />
          <NumberField
            label="Pause"
            value={amount}
            onChange={setAmount}
            unit="minutes"
            step={5}
            help="Five minutes a step."
          />
          <NumberField label="Empty" value={null} onChange={() => {}} placeholder="No limit" />
          <NumberField label="Invalid" value={-3} onChange={() => {}} error="At least 0." />
          <NumberField label="Disabled" value={7} onChange={() => {}} isDisabled />
        </Fields>
      </Specimen>
      <Specimen name="sliders">
        <Fields>
          <Slider
            label="Zoom"
            value={zoom}
            onChange={setZoom}
            minValue={1}
            maxValue={3}
            step={0.1}
            showValue
            formatOptions={{ style: "percent" }}
          />
          <Slider label="Volume" hideLabel defaultValue={30} />
          <Slider label="Disabled" defaultValue={60} isDisabled />
        </Fields>
      </Specimen>
      <Specimen name="files">
        <Fields>
          <DropZone
            label="Picture"
            accept={["image/png", "image/jpeg"]}
            onFiles={(files) => setDropped(files.map((file) => file.name).join(", "))}
            onRefused={() => setDropped("Only PNG and JPEG are taken.")}
          >
            {dropped}
          </DropZone>
          <DropZone label="Recordings" allowsMultiple isDisabled onFiles={() => {}}>
            Disabled
          </DropZone>
        </Fields>
      </Specimen>
    </>
  );
}
