import { SkillsPage } from "@/components/settings/skills/skills-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("skills", SkillsPage);

export { generateMetadata, Page as default };
