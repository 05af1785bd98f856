/** Runs one job. It can run twice, so a second run must do no harm. A rejection schedules a retry. */
export type Task = (payload: Readonly<Record<string, unknown>>) => Promise<void>;

/** A task that runs on a schedule, once over all servers. */
export interface Schedule {
  task: string;
  /** Cron pattern in UTC. */
  cron: string;
  /** Whether to run at startup if the last scheduled time was missed, at most a day ago. */
  catchUp?: boolean;
}

/**
 * SQL that turns the next waiting rows of a table into jobs, in one statement, and returns a row for each. It
 * must skip locked rows, because several servers run it.
 */
export type Feed = string;

/**
 * SQL that adds a job if there is work that no request recorded, such as something that expired. Each server
 * runs it every few seconds, so the job needs a `job_key`.
 */
export interface Look {
  text: string;
  /** Interval in seconds. */
  every: number;
}

/** All background work. */
export interface Work {
  /** By task name. */
  tasks: Readonly<Record<string, Task>>;
  schedules: readonly Schedule[];
  feeds: readonly Feed[];
  looks: readonly Look[];
}
