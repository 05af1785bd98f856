import type { Feed } from "@/lib/platform/jobs/tasks";

/**
 * Records events for activities that ended in the last minute. The job dispatcher runs it twice a second, on
 * one server at a time.
 */
export const timeoutFeed: Feed = "SELECT add_timeout_events(now() - interval '1 minute')";
