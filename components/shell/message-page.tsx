import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

/** The shared layout of pages that show only a message and a link: not found, forbidden, error. */
export function MessagePage({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action: ReactNode;
}) {
  return (
    // About in the middle. Centered content would move while the browser receives the rest of it.
    <div className="flex min-h-[70dvh] flex-col pt-[max(0rem,calc(35dvh-10rem))]">
      <EmptyState isPage icon={icon} title={title} action={action}>
        {children}
      </EmptyState>
    </div>
  );
}
