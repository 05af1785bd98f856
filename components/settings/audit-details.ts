import { useTranslations } from "use-intl";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/contract";
import { permissions } from "@/lib/auth/permissions";
import { permissionKeys } from "./permission-groups";

const names = z.array(z.object({ name: z.string() }));
const granted = z.array(z.enum(permissions));
const change = <S extends z.ZodType>(item: S) => z.object({ before: item, after: item });

/** What the product itself writes into `details`; anything else is not shown on the page. */
const detailsSchema = z.object({
  email: z.string().optional().catch(undefined),
  role: z.object({ name: z.string() }).optional().catch(undefined),
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

/** Reads what is known of an event beyond its line, a text a line. */
export function useAuditDetails(): (event: AuditEvent) => string[] {
  const t = useTranslations("audit.details");
  const roleTexts = useTranslations("settings.roles");
  const list = (items: readonly string[]) => (items.length > 0 ? items.join(", ") : t("none"));
  const roleNames = (roles: z.infer<typeof names>) => list(roles.map(({ name }) => name));
  const permissionNames = (given: z.infer<typeof granted>) =>
    list(given.map((each) => roleTexts(`permissions.${permissionKeys[each]}`)));

  return (event) => {
    const { email, role, roles, permissions: given, name, reason } = detailsSchema.parse(event.details ?? {});
    return [
      email && email !== event.target?.name ? email : undefined,
      role && t("role", { name: role.name }),
      roles &&
        (Array.isArray(roles)
          ? t("roles", { names: roleNames(roles) })
          : t("rolesChanged", { before: roleNames(roles.before), after: roleNames(roles.after) })),
      given &&
        (Array.isArray(given)
          ? t("allows", { names: permissionNames(given) })
          : t("allowsChanged", {
              before: permissionNames(given.before),
              after: permissionNames(given.after),
            })),
      name && t("renamed", { before: name.before }),
      reason && t("reason", { reason }),
    ].filter((line) => line !== undefined);
  };
}
