import { TimeOffTypesPage } from "@/components/settings/time-off-types/time-off-types-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("timeOffTypes", TimeOffTypesPage);

export { generateMetadata, Page as default };
