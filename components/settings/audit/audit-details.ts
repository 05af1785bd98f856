import { useTranslations } from "use-intl";
import { z } from "zod";
import { permissionKeys } from "@/components/settings/roles/permission-groups";
import { useRoleName } from "@/components/shell/roles";
import { useJoined } from "@/components/ui/use-joined";
import { type Permission, permissions } from "@/lib/platform/security/permissions";
import type { AuditEvent } from "@/lib/records/audit/contract";

const namedRole = z.object({ id: z.string().optional(), name: z.string() });
const names = z.array(namedRole);
const granted = z.array(z.enum(permissions));
const change = <S extends z.ZodType>(item: S) => z.object({ before: item, after: item });

/** The known shape of `details`; the page shows nothing else. */
const detailsSchema = z.object({
  email: z.string().optional().catch(undefined),
  role: namedRole.optional().catch(undefined),
  roles: z
    .union([names, change(names)])
    .optional()
    .catch(undefined),
  permissions: z
    .union([granted, change(granted)])
    .optional()
    .catch(undefined),
  name: change(z.string()).optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
});

/** Returns a function that gives the details of an event as lines of text. */
export function useAuditDetails(): (event: AuditEvent) => string[] {
  const t = useTranslations("audit.details");
  const joined = useJoined();
  const roleTexts = useTranslations("settings.roles");
  const nameOf = useRoleName();
  const list = (items: readonly string[]) => (items.length > 0 ? joined(items) : t("none"));
  const roleNames = (roles: z.infer<typeof names>) => list(roles.map(nameOf));
  // Each permission has its own sentence in the catalog.
  const sentences = (given: readonly Permission[]) =>
    given.length > 0
      ? given.map((each) => roleTexts(`permissions.${permissionKeys[each]}`)).join(" ")
      : t("none");
  const without = (given: readonly Permission[], others: readonly Permission[]) =>
    given.filter((each) => !others.includes(each));

  function permissionLines(given: z.infer<typeof detailsSchema>["permissions"]): string[] {
    if (!given) return [];
    if (Array.isArray(given)) return [t("allows", { names: sentences(given) })];
    const [more, less] = [without(given.after, given.before), without(given.before, given.after)];
    return [
      ...(more.length > 0 ? [t("allowsMore", { names: sentences(more) })] : []),
      ...(less.length > 0 ? [t("allowsLess", { names: sentences(less) })] : []),
    ];
  }

  /** Translates the API's English reasons, which list missing permissions by code. */
  function reasonText(reason: string): string | undefined {
    if (reason === "expired") return t("expired");
    const lacked = permissions.filter((each) => reason.includes(each));
    return lacked.length > 0 ? t("lacks", { names: sentences(lacked) }) : undefined;
  }

  return (event) => {
    const { email, role, roles, permissions: given, name, reason } = detailsSchema.parse(event.details ?? {});
    return [
      email && email !== event.target?.name ? email : undefined,
      role && t("role", { name: nameOf(role) }),
      roles &&
        (Array.isArray(roles)
          ? t("roles", { names: roleNames(roles) })
          : t("rolesChanged", { before: roleNames(roles.before), after: roleNames(roles.after) })),
      ...permissionLines(given),
      name && t("renamed", { before: name.before }),
      reason && reasonText(reason),
    ].filter((line) => line !== undefined);
  };
}
