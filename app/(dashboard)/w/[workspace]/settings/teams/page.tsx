import { TeamsPage } from "@/components/settings/teams/teams-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("teams", TeamsPage);

export { generateMetadata, Page as default };
