import { HolidayCalendarsPage } from "@/components/settings/holiday-calendars/holiday-calendars-page";
import { sectionRoute } from "../section-route";

const { generateMetadata, Page } = sectionRoute("holidayCalendars", HolidayCalendarsPage);

export { generateMetadata, Page as default };
