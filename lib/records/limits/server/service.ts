import { createHmac } from "node:crypto";
import { ApiError } from "@/lib/platform/http/errors";
import type { Counted } from "@/lib/platform/http/server/services";
import type { Secrets } from "@/lib/platform/security/secrets";
import {
  addressGroup,
  type Counter,
  limitHeaders,
  type Standing,
  standing,
  windowLength,
} from "@/lib/records/limits/rules";
import type { SignInFailureRepository } from "@/lib/records/limits/server/repository";

/** Maximum number of audit events about denied requests, per actor and minute. */
const refusalsPerMinute = 60;
/** Maximum number of emails per workspace and minute. */
const mailsPerMinute = 60;

/**
 * Maximum numbers per minute of operations that cost far more than others: imports with recurring events by a
 * person, and downloads of a calendar feed.
 */
const costlyPerMinute = { import: 6, feed: 20 };

/** Window for password reset requests in milliseconds; equals the lifetime of a link. */
const resetWindow = 30 * 60_000;
/** Maximum numbers: requests per IP address and account, requests per IP address, and emails per account. */
const resetLimits = { pair: 5, address: 100, mails: 10 };

/** Maximum number of counts waiting to be undone. */
const mostOwed = 10_000;

interface Owed {
  key: Buffer;
  resetsAt: number;
}

interface Dependencies {
  repository: SignInFailureRepository;
  /** Counts requests and emails, in this process or shared by all workers. */
  counter: Counter;
  secrets: Secrets;
  limits: { actor: number; address: number; signInFailures: number; addressSignInFailures: number };
}

/**
 * Rate limits (docs/decisions/0010-rate-limits.md). Requests are counted in memory per server, failed
 * sign-ins in the database for all servers.
 */
export function createLimitService({ repository, counter, secrets, limits }: Dependencies) {
  /** The last attempt per IP address and account in this process; the next one waits for it. */
  const running = new Map<string, Promise<unknown>>();

  const key = (...parts: string[]) =>
    createHmac("sha256", Buffer.from(secrets.key("sign-in-failure"), "hex"))
      .update(JSON.stringify(parts))
      .digest();

  async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = running.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    running.set(name, mine);
    try {
      return await mine;
    } finally {
      if (running.get(name) === mine) running.delete(name);
    }
  }

  /** Counts that could not be undone because the database failed: key and end of the window. */
  let owed: Owed[] = [];

  /** Undoes counts. If the database fails, they are undone before the next attempt. */
  async function takeBack(counts: readonly Owed[], now: Date): Promise<void> {
    try {
      await repository.takeBack(
        counts.map((each) => each.key),
        now,
      );
    } catch (error) {
      owed = [...owed, ...counts].slice(-mostOwed);
      throw error;
    }
  }

  async function takeBackOwed(now: Date): Promise<void> {
    // In a later window, this would undo the counts of other failures.
    const due = owed.filter(({ resetsAt }) => resetsAt > now.getTime());
    owed = [];
    if (due.length > 0) await takeBack(due, now);
  }

  return {
    /** Counts a request and returns the rate limit headers. Throws `RateLimited`. */
    async count(whom: Counted, now: Date): Promise<Record<string, string>> {
      const anonymous = whom.kind === "address";
      const name = anonymous ? "address" : "actor";
      const who = anonymous ? addressGroup(whom.address) : whom.id;
      const found = await counter.count(
        `${whom.kind} ${who}`,
        anonymous ? limits.address : limits.actor,
        now.getTime(),
      );
      const headers = limitHeaders(name, found);
      if (found.exceeded) throw tooMany(found, headers);
      return headers;
    },

    /** Counts an email that a workspace sends. Throws `RateLimited`. */
    async countMail(workspaceId: string, now: Date): Promise<void> {
      const found = await counter.count(`mail ${workspaceId}`, mailsPerMinute, now.getTime());
      if (found.exceeded) throw tooMany(found, limitHeaders("mail", found));
    },

    /** Counts an operation that costs far more than others. Throws `RateLimited`. */
    async countCostly(operation: keyof typeof costlyPerMinute, who: string, now: Date): Promise<void> {
      const found = await counter.count(`${operation} ${who}`, costlyPerMinute[operation], now.getTime());
      if (found.exceeded) throw tooMany(found, limitHeaders(operation, found));
    },

    /**
     * Returns whether to record another denied request of this caller in the audit log, so that a faulty
     * program can't flood it.
     */
    async mayNoteRefusal(who: string, now: Date): Promise<boolean> {
      return !(await counter.count(`refusal ${who}`, refusalsPerMinute, now.getTime())).exceeded;
    },

    /**
     * Counts a password reset request; unknown accounts count the same. Throws `RateLimited` if the IP address
     * is over a limit. Returns false if the account has received enough emails: the caller must not learn this,
     * and the last link stays valid.
     */
    async countReset(address: string, account: string, now: Date): Promise<boolean> {
      const from = addressGroup(address);
      const counted = [
        { key: key("reset pair", from, account), limit: resetLimits.pair },
        { key: key("reset address", from), limit: resetLimits.address },
        { key: key("reset account", account), limit: resetLimits.mails },
      ];
      const keys = counted.map((each) => each.key);
      const rows = await repository.add(keys, now, new Date(now.getTime() + resetWindow));
      const [pair, all, mails] = counted.map(({ limit }, index) => {
        const { count = 0, resetsAt = 0 } = rows[index] ?? {};
        return standing(count, limit, resetsAt, now.getTime());
      });
      const over = [pair, all].find((each) => each?.exceeded);
      if (over) {
        // A rejected request sends no email, so it must not count against the account.
        await repository.takeBack(keys, now);
        throw tooMany(over, limitHeaders("password-reset", over, resetWindow));
      }
      await repository.prune(now);
      return !mails?.exceeded;
    },

    /**
     * Runs a sign-in attempt. Null counts as a failure, an error does not. Attempts per IP address and
     * account run one at a time and are counted first, so that a burst can't exceed the limit. Throws
     * `RateLimited` before running it. Never limits by account alone, which would let anyone lock out its
     * owner.
     */
    async attemptSignIn<T>(
      address: string,
      account: string,
      now: Date,
      attempt: () => Promise<T | null>,
    ): Promise<T | null> {
      const from = addressGroup(address);
      const keys = [key("pair", from, account), key("address", from)];
      return inTurn(`${from} ${account}`, async () => {
        await takeBackOwed(now);
        const [pair, all] = await repository.add(keys, now, new Date(now.getTime() + windowLength));
        if (!pair || !all) throw new Error("a count is missing");
        const counts = [pair, all].map(({ resetsAt }, index) => ({ key: keys[index] as Buffer, resetsAt }));
        const standings = [
          standing(pair.count, limits.signInFailures, pair.resetsAt, now.getTime()),
          standing(all.count, limits.addressSignInFailures, all.resetsAt, now.getTime()),
        ];
        const over = standings.filter((each) => each.exceeded);
        const worst = over.sort((a, b) => b.resetSeconds - a.resetSeconds)[0];
        if (worst) {
          // A rejected attempt is not a failure: it must not use up the limit of others behind the same IP
          // address.
          await takeBack(counts, now);
          throw tooMany(worst, limitHeaders("sign-in", worst));
        }
        const result = await attempt().catch(async (error: unknown) => {
          // The attempt failed before it gave a result, so don't count it. Rethrow the first error even if
          // that fails.
          await takeBack(counts, now).catch(() => undefined);
          throw error;
        });
        if (result === null) await repository.prune(now);
        else await takeBack(counts, now);
        return result;
      });
    },
  };
}

export type LimitService = ReturnType<typeof createLimitService>;

function tooMany({ resetSeconds }: Standing, headers: Record<string, string>): ApiError {
  const seconds = `${resetSeconds} second${resetSeconds === 1 ? "" : "s"}`;
  return new ApiError("RateLimited", `Too many requests. Try again in ${seconds}.`, {
    headers: { ...headers, "Retry-After": String(resetSeconds) },
  });
}
