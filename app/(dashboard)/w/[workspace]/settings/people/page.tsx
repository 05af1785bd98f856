import { PeoplePage } from "@/components/settings/people/people-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("people", PeoplePage);

export { generateMetadata, Page as default };
