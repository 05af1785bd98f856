import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

/** A page that only says something and leads on: not found, forbidden, broken. All of them look alike. */
export function MessagePage({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action: ReactNode;
}) {
  return (
    <div className="flex min-h-[70dvh] flex-col justify-center">
      <EmptyState isPage title={title} action={action}>
        {children}
      </EmptyState>
    </div>
  );
}
