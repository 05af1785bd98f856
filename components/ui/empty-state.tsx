import type { ReactNode } from "react";

/** Explains why a page or list is empty and what to do next. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  isPage = false,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Whether this is the page's only content, so that the title is its main heading. */
  isPage?: boolean;
}) {
  const Title = isPage ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-16 text-center">
      {icon && (
        <span
          aria-hidden="true"
          className="flex size-10 items-center justify-center rounded-full bg-sunken text-muted"
        >
          {icon}
        </span>
      )}
      <Title className="font-semibold text-lg">{title}</Title>
      {children && <p className="text-muted">{children}</p>}
      {action && <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
