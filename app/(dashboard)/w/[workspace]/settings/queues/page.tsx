import { QueuesPage } from "@/components/settings/queues/queues-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("queues", QueuesPage);

export { generateMetadata, Page as default };
