import { useTranslations } from "use-intl";
import { Tag } from "@/components/ui/tag";
import type { User } from "@/lib/access/people/contract";

const looks = { invited: "accent", active: "plain", suspended: "danger" } as const;

export function PersonStatus({ status }: { status: User["status"] }) {
  const t = useTranslations("settings.people.statuses");
  return <Tag look={looks[status]}>{t(status)}</Tag>;
}
