import { AvailabilityPage } from "@/components/settings/availability/availability-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("availability", AvailabilityPage);

export { generateMetadata, Page as default };
