import { PresetsPage } from "@/components/settings/presets/presets-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("presets", PresetsPage);

export { generateMetadata, Page as default };
