import { useFormatter } from "@/components/shell/time";
import { Link } from "@/components/ui/link";

/** A count that links to the counted items, clickable above the link of the whole row. */
export function CountLink({
  count,
  href,
  label,
}: {
  count: number;
  /** Omit if the reader can't see the items. */
  href: string | undefined;
  /** Accessible name that replaces the bare number. */
  label: string;
}) {
  const format = useFormatter();
  if (!href || count === 0) return <>{format.number(count)}</>;
  return (
    <Link
      href={href}
      look="plain"
      aria-label={label}
      className="relative z-10 inline-flex min-h-6 items-center"
    >
      {format.number(count)}
    </Link>
  );
}
