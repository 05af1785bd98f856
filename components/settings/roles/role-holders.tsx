"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useWorkspace } from "@/components/shell/workspace-context";
import { Link } from "@/components/ui/link";
import { Skeleton } from "@/components/ui/skeleton";
import { allPeopleQuery } from "@/lib/access/people/client/queries";
import { roleUsageQuery } from "@/lib/access/roles/client/queries";
import type { Role } from "@/lib/access/roles/contract";

/** Number of people listed by name; the rest are counted. */
const named = 12;

/** Lists the people with a role, as far as the reader may see them. */
export function RoleHolders({ role }: { role: Role }) {
  const t = useTranslations("settings.roles");
  const { workspace, can, href } = useWorkspace();
  const usage = useQuery({
    ...roleUsageQuery(workspace.id, role.id),
    enabled: can("settings.write"),
  });
  const people = useQuery({ ...allPeopleQuery(workspace.id), enabled: can("people.write") });
  const holders = (people.data ?? [])
    .filter(({ roleIds }) => roleIds.includes(role.id))
    .sort((a, b) => a.name.localeCompare(b.name));
  if (!can("settings.write")) return null;
  return (
    <section>
      <h3 className="font-medium text-sm">{t("holders")}</h3>
      {usage.data ? (
        <p className="text-muted">
          {t("holdersCount", { people: usage.data.members, keys: usage.data.accessKeys })}
        </p>
      ) : (
        !usage.isError && <Skeleton className="h-5 w-40" />
      )}
      {holders.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
          {holders.slice(0, named).map(({ id, name }) => (
            <li key={id}>
              <Link href={href(`/settings/people?edit=${id}`)}>{name}</Link>
            </li>
          ))}
          {holders.length > named && (
            <li className="text-muted">{t("moreHolders", { count: holders.length - named })}</li>
          )}
        </ul>
      )}
    </section>
  );
}
