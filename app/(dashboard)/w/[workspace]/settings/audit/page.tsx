import { AuditPage } from "@/components/settings/audit/audit-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("audit", AuditPage);

export { generateMetadata, Page as default };
