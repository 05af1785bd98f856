import { RotationsPage } from "@/components/settings/rotations/rotations-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("rotations", RotationsPage);

export { generateMetadata, Page as default };
