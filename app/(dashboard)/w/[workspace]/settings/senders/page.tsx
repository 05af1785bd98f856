import { SendersPage } from "@/components/settings/senders/senders-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("senders", SendersPage);

export { generateMetadata, Page as default };
