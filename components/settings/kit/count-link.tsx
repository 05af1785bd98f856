import { useFormatter } from "@/components/shell/time";
import { Link } from "@/components/ui/link";

/** How many there are, and the way to them, above the link of the whole line. */
export function CountLink({
  count,
  href,
  label,
}: {
  count: number;
  /** Left out for those who may not see them. */
  href: string | undefined;
  /** Read out instead of the bare figure. */
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
