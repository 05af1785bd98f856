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

/** Refusals of one actor that the audit log keeps in a minute. */
const refusalsPerMinute = 60;
/** Mails that a workspace may cause in a minute. */
const mailsPerMinute = 60;

/** Milliseconds in which requests for a new password are counted: as long as a link lasts. */
const resetWindow = 30 * 60_000;
/** Of one address for one account, of one address, and mails to one account. */
const resetLimits = { pair: 5, address: 100, mails: 10 };

interface Dependencies {
  repository: SignInFailureRepository;
  /** Counts requests and mails: for this process, or for all workers of the server. */
  counter: Counter;
  secrets: Secrets;
  limits: { actor: number; address: number; signInFailures: number; addressSignInFailures: number };
}

/**
 * How much one caller may do in a minute (docs/decisions/0010-rate-limits.md). Requests are counted in the memory of
 * this server, failed sign-ins in the database for all of them.
 */
export function createLimitService({ repository, counter, secrets, limits }: Dependencies) {
  /** The last attempt of each address and account in this process: the next one waits for it. */
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

  return {
    /**
     * Counts a request and gives the headers of its answer. Throws `RateLimited` when the caller has had their share
     * of this minute.
     */
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

    /** Counts a mail that a workspace sends to somebody who may not want it. Throws `RateLimited`. */
    async countMail(workspaceId: string, now: Date): Promise<void> {
      const found = await counter.count(`mail ${workspaceId}`, mailsPerMinute, now.getTime());
      if (found.exceeded) throw tooMany(found, limitHeaders("mail", found));
    },

    /** Whether one more refusal of this caller goes into the audit log: a program that runs away must not fill it. */
    async mayNoteRefusal(who: string, now: Date): Promise<boolean> {
      return !(await counter.count(`refusal ${who}`, refusalsPerMinute, now.getTime())).exceeded;
    },

    /**
     * Counts a request for a new password, the same whether or not there is such an account. Throws `RateLimited` when this
     * address has asked too often, for this account or altogether. False when the account was sent enough mail: whoever asks
     * is not told, and the last link is still good, so that nobody locks its owner out.
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
        // What is refused sends no mail, so it must not use up those of the account.
        await repository.takeBack(keys, now);
        throw tooMany(over, limitHeaders("password-reset", over, resetWindow));
      }
      await repository.prune(now);
      return !mails?.exceeded;
    },

    /**
     * Runs an attempt to sign in, which counts as failed when it gives null. Attempts from one address into one account
     * run one after the other, so that no burst gets more guesses than the limit. Throws `RateLimited`, without running
     * it, after too many failures: of this address with this account, or of this address altogether. Never of an
     * account alone, for then anybody could lock its owner out.
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
        const [pair, all] = await repository.add(keys, now, new Date(now.getTime() + windowLength));
        if (!pair || !all) throw new Error("a count is missing");
        const standings = [
          standing(pair.count, limits.signInFailures, pair.resetsAt, now.getTime()),
          standing(all.count, limits.addressSignInFailures, all.resetsAt, now.getTime()),
        ];
        const over = standings.filter((each) => each.exceeded);
        const worst = over.sort((a, b) => b.resetSeconds - a.resetSeconds)[0];
        if (worst) {
          // What is refused is no failure: who hammers one account must not use up what others behind the address have.
          await repository.takeBack(keys, now);
          throw tooMany(worst, limitHeaders("sign-in", worst));
        }
        const result = await attempt();
        if (result === null) await repository.prune(now);
        else await repository.takeBack(keys, now);
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
