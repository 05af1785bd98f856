import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createDatabase } from "@/lib/platform/database/db";
import { DatabaseUnavailableError } from "@/lib/platform/database/errors";
import { createSecrets } from "@/lib/platform/security/secrets";
import { testDatabaseUrl } from "@/lib/testing/environment";
import { createWindowCounter, windowLength } from "../rules";
import { createSignInFailureRepository } from "./repository";
import { createLimitService } from "./service";

const db = createDatabase(testDatabaseUrl(), 8, () => {});
afterAll(() => db.close());

const start = new Date("2026-03-02T09:00:00.000Z");
const later = new Date(start.getTime() + windowLength + 1);
const limit = 3;
const address = "192.0.2.7";
const away = () => new DatabaseUnavailableError("The database is not available.");

let broken: boolean;
function makeService() {
  const repository = createSignInFailureRepository(db);
  return createLimitService({
    repository: {
      ...repository,
      takeBack: async (keys, now) => {
        if (broken) throw away();
        await repository.takeBack(keys, now);
      },
    },
    counter: createWindowCounter(100),
    secrets: createSecrets(randomBytes(32).toString("hex")),
    limits: { actor: 100, address: 100, signInFailures: limit, addressSignInFailures: 100 },
  });
}

let limits: ReturnType<typeof makeService>;
let account: string;
beforeEach(() => {
  broken = false;
  account = `${randomBytes(8).toString("hex")}@people.example`;
  limits = makeService();
});

const wrong = (now = start) => limits.attemptSignIn(address, account, now, async () => null);
const right = (now = start) => limits.attemptSignIn(address, account, now, async () => "person");
const failing = (now = start) =>
  limits.attemptSignIn(address, account, now, async () => {
    throw away();
  });

/** Returns how many more wrong passwords are allowed. */
async function left(now = start): Promise<number> {
  for (let count = 0; ; count++) {
    const outcome = await wrong(now).catch((error: unknown) => error);
    if (outcome !== null) {
      expect(outcome).toMatchObject({ code: "RateLimited" });
      return count;
    }
  }
}

describe("a failed sign-in", () => {
  it("is counted when the password was wrong", async () => {
    await wrong();
    await right();
    expect(await left()).toBe(limit - 1);
  });

  it("is not counted when the database failed during the attempt", async () => {
    for (let time = 0; time < 2 * limit; time++) await expect(failing()).rejects.toThrow("not available");
    expect(await left()).toBe(limit);
  });

  it("is taken back later when the database fails then, too", async () => {
    broken = true;
    for (let time = 0; time < limit; time++) await expect(failing()).rejects.toThrow("not available");
    broken = false;
    expect(await left()).toBe(limit);
  });

  it("is not taken back from a later window", async () => {
    await wrong();
    broken = true;
    for (let time = 0; time < limit - 1; time++) await expect(failing()).rejects.toThrow("not available");
    broken = false;
    expect(await left(later)).toBe(limit);
  });

  it("never allows more attempts than the limit at the same time, also while some fail", async () => {
    let tried = 0;
    const guess = () =>
      limits.attemptSignIn(address, account, start, async () => {
        tried++;
        await new Promise((resolve) => setTimeout(resolve, 5));
        return null;
      });
    await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? failing() : guess())),
    );
    expect(tried).toBe(limit);
  });

  it("is counted for all servers together", async () => {
    let tried = 0;
    const secrets = createSecrets(randomBytes(32).toString("hex"));
    const servers = [1, 2, 3].map(() =>
      createLimitService({
        repository: createSignInFailureRepository(db),
        counter: createWindowCounter(100),
        secrets,
        limits: { actor: 100, address: 100, signInFailures: limit, addressSignInFailures: 100 },
      }),
    );
    await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        servers[index % 3]?.attemptSignIn(address, account, start, async () => {
          tried++;
          return null;
        }),
      ),
    );
    expect(tried).toBe(limit);
  });
});
