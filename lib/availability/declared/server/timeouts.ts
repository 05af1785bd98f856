import type { Feed } from "@/lib/platform/jobs/tasks";

/**
 * Records activities that ended in the last minute as events. The dispatcher of background jobs runs it twice a
 * second; one server at a time does the work.
 */
export const timeoutFeed: Feed = "SELECT add_timeout_events(now() - interval '1 minute')";
