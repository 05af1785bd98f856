import { ShiftsPage } from "@/components/settings/shifts/shifts-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("shifts", ShiftsPage);

export { generateMetadata, Page as default };
