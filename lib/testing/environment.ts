// Environment variables of the tests. Other tests in `lib` must not read the environment.

/** Returns the URL of the migrated test database that `npm run test:integration` creates. */
export function testDatabaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: run these tests with npm run test:integration");
  return url;
}

/**
 * Returns the fast-check seed from `FC_SEED`, to repeat a failed run; otherwise each run has a random seed.
 */
export function repeatedSeed(): { seed?: number } {
  const seed = process.env.FC_SEED;
  return seed === undefined ? {} : { seed: Number(seed) };
}

/** Returns how many random cases to run: `FC_RUNS`, or the given number. */
export function repeatedRuns(usual: number): number {
  return Number(process.env.FC_RUNS ?? usual);
}

/**
 * Returns the URL of an S3-compatible test server (scripts/testing/radosgw.sh); undefined if none is running.
 */
export function testS3Endpoint(): string | undefined {
  return process.env.TEST_S3_ENDPOINT;
}
