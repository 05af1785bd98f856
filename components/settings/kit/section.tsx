"use client";

import { createContext, type ReactNode, useContext } from "react";
import { useWorkspace } from "@/components/shell/workspace-context";
import type { Permission } from "@/lib/platform/security/permissions";
import { Forbidden } from "./forbidden";

const Icon = createContext<ReactNode>(undefined);

/** Shows a settings page to people with its permission. */
export function Section({
  needs,
  icon,
  children,
}: {
  needs: Permission;
  icon: ReactNode;
  children: ReactNode;
}) {
  const { can } = useWorkspace();
  return can(needs) ? <Icon value={icon}>{children}</Icon> : <Forbidden />;
}

/** Returns the icon of the current settings page. */
export const useSectionIcon = () => useContext(Icon);
