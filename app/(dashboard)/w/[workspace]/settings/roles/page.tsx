import { RolesPage } from "@/components/settings/roles/roles-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("roles", RolesPage);

export { generateMetadata, Page as default };
