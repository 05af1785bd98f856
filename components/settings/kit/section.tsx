"use client";

import type { ReactNode } from "react";
import { type SectionName, sections } from "@/components/settings/sections";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Forbidden } from "./forbidden";

/** Shows a settings page to people with its permission. */
export function Section({ name, children }: { name: SectionName; children: ReactNode }) {
  const { can } = useWorkspace();
  return can(sections[name].needs) ? children : <Forbidden />;
}
