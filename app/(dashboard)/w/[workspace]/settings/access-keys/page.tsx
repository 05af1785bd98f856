import { AccessKeysPage } from "@/components/settings/access-keys/access-keys-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("accessKeys", AccessKeysPage);

export { generateMetadata, Page as default };
