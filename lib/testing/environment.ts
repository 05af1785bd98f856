// What tests are told by whoever runs them: the one reader of the environment among the tests of `lib`.

/** Address of the migrated database that `npm run test:integration` made for the tests. */
export function testDatabaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: run these tests with npm run test:integration");
  return url;
}

/** The seed that `FC_SEED` names, for fast-check to repeat a run; without one, each run has its own. */
export function repeatedSeed(): { seed?: number } {
  const seed = process.env.FC_SEED;
  return seed === undefined ? {} : { seed: Number(seed) };
}

/** An S3-compatible store to test against, as `scripts/testing/radosgw.sh` starts one; undefined: none is running. */
export function testS3Endpoint(): string | undefined {
  return process.env.TEST_S3_ENDPOINT;
}
