import { CapacityPage } from "@/components/settings/capacity/capacity-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("capacity", CapacityPage);

export { generateMetadata, Page as default };
