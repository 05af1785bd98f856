"use client";

import { Info, TriangleAlert, WifiOff } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Meter } from "@/components/ui/meter";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import { StatusMark } from "@/components/ui/status-mark";
import { Tag } from "@/components/ui/tag";
import { Specimen } from "./specimen";

const looks = ["info", "warning", "danger", "success"] as const;
const tags = ["plain", "accent", "warning", "danger", "success"] as const;

export function FeedbackSpecimens() {
  return (
    <>
      <Specimen name="banners" isWide>
        {looks.map((look) => (
          <Banner
            key={look}
            look={look}
            icon={<WifiOff className="size-4" />}
            action={<Button size="small">Try again</Button>}
            onDismiss={() => {}}
          >
            You are offline. What you see is as of 09:41, and changes are not saved until the connection is
            back.
          </Banner>
        ))}
      </Specimen>
      <Specimen name="callouts" isWide>
        {looks.map((look) => (
          <Callout key={look} look={look} icon={<TriangleAlert className="size-4" />}>
            Clocks go forward on 29 March: the Sunday shift is an hour shorter.
          </Callout>
        ))}
        <Callout icon={<Info className="size-4" />} action={<Button size="small">Show</Button>}>
          With an action.
        </Callout>
      </Specimen>
      <Specimen name="tags">
        {tags.map((look) => (
          <Tag key={look} look={look}>
            {look}
          </Tag>
        ))}
        <Tag>A tag with a text that is far too long for it</Tag>
      </Specimen>
      <Specimen name="status">
        <span className="inline-flex items-center gap-1.5">
          <StatusMark mark="full" /> Active
        </span>
        <span className="inline-flex items-center gap-1.5">
          <StatusMark mark="half" /> Away
        </span>
        <span className="inline-flex items-center gap-1.5">
          <StatusMark mark="ring" /> Offline
        </span>
      </Specimen>
      <Specimen name="avatars">
        {(["small", "medium", "large", "huge"] as const).map((size) => (
          <Avatar key={size} size={size} name="Ann Chovey" />
        ))}
        {["Barb Dwyer", "Chris P. Bacon", "Dee Zaster", "Ella Vader", "علي حسن", "Ü"].map((name) => (
          <Avatar key={name} name={name} />
        ))}
        <Avatar name="Broken Picture" src="data:image/png;base64,AAAA" />
      </Specimen>
      <Specimen name="meters, progress">
        <Meter label="Workload" text="2 of 5" value={2} maxValue={5} />
        <Meter label="Workload" text="4 of 5" value={4} maxValue={5} />
        <Meter label="Workload" text="5 of 5" value={5} maxValue={5} />
        <div className="w-60">
          <Progress label="Upload" value={40} max={100} text="40 %" />
        </div>
      </Specimen>
      <Specimen name="waiting">
        <Spinner />
        <Skeleton className="h-5 w-40" />
        <Skeleton className="size-8 rounded-full" />
      </Specimen>
    </>
  );
}
