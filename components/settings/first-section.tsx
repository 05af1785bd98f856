"use client";

import { redirect } from "next/navigation";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Forbidden } from "./kit/forbidden";
import { settingsSections } from "./sections";

/** Redirects to the first settings page that the person may see. */
export function FirstSection() {
  const { can, href } = useWorkspace();
  const first = settingsSections.find(({ needs }) => can(needs));
  if (first) redirect(href(first.path));
  return <Forbidden />;
}
