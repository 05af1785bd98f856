import type { Clock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/database/db";
import type { Actor } from "@/lib/platform/security/permissions";
import type { AuditService } from "@/lib/records/audit/server/service";
import type { AuditTarget } from "@/lib/records/audit/values";

interface Setting {
  id: string;
  name: string;
}

/** A setting, with or without response headers. */
type Answer = Setting | { data: Setting };

/** The common interface of the services of teams, skills, capacity rules and sender profiles. */
interface SettingService {
  get(actor: Actor, id: string): Promise<Answer>;
  create(actor: Actor, ...rest: never[]): Promise<Answer>;
  change(actor: Actor, id: string, ...rest: never[]): Promise<Answer>;
  delete(actor: Actor, id: string, ...rest: never[]): Promise<unknown>;
}

interface Parts {
  db: Database;
  audit: Pick<AuditService, "lockSetting" | "record">;
  clock: Clock;
}

type SettingType = Extract<
  AuditTarget,
  | "team"
  | "skill"
  | "capacityRule"
  | "senderProfile"
  | "preset"
  | "queue"
  | "holidayCalendar"
  | "shift"
  | "rotation"
  | "timeOffType"
>;

const settingIn = (answer: Answer): Setting => ("data" in answer ? answer.data : answer);

/** Properties that change without anybody's doing. */
const ownChanges: readonly string[] = ["updatedAt", "queuedItems", "agentCount"];

/** Returns the names of changed properties, except `ownChanges`. */
function changedFields(before: Setting, after: Setting): string[] {
  const values = (setting: Setting) =>
    new Map(Object.entries(setting).map(([name, value]) => [name, JSON.stringify(value)]));
  const [old, now] = [values(before), values(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => !ownChanges.includes(name) && old.get(name) !== now.get(name),
  );
}

/** Rolls back a change that changes nothing, so that `updatedAt` stays. */
class WithoutEffect extends Error {
  override name = "WithoutEffect";

  constructor(readonly answer: Answer) {
    super("The change has no effect.");
  }
}

/**
 * Wraps a settings service so that each change is recorded in the audit log, in the same transaction. A change
 * without effect writes nothing. Call `change` outside of a transaction, which could not be rolled back alone.
 */
export function audited<S extends SettingService>(
  type: SettingType,
  service: S,
  { db, audit, clock }: Parts,
): S {
  const record = (
    actor: Actor,
    what: "created" | "changed" | "deleted",
    { id, name }: Setting,
    details?: Record<string, unknown>,
  ) =>
    audit.record(
      actor,
      { action: `${type}.${what}`, target: { type, id, name }, ...(details ? { details } : {}) },
      clock.now(),
    );

  const recorded: SettingService = {
    get: (actor, id) => service.get(actor, id),
    create: (actor, ...rest) =>
      db.transaction(async () => {
        const answer = await service.create(actor, ...rest);
        await record(actor, "created", settingIn(answer));
        return answer;
      }),
    async change(actor, id, ...rest) {
      const attempt = (isLast: boolean) =>
        db.transaction(async () => {
          // Otherwise, a change by someone else after `before` was read would be recorded as this caller's.
          await audit.lockSetting(actor, id);
          const before = settingIn(await service.get(actor, id));
          const answer = await service.change(actor, id, ...rest);
          const fields = changedFields(before, settingIn(answer));
          if (fields.length > 0) await record(actor, "changed", settingIn(answer), { fields });
          else if (!isLast) throw new WithoutEffect(answer);
          return answer;
        });
      for (let left = 3; ; left -= 1)
        try {
          return await attempt(left === 0);
        } catch (error) {
          if (!(error instanceof WithoutEffect)) throw error;
          const current = await service.get(actor, id);
          // Someone else may have changed it after `before` was read; then the change may have an effect.
          if (changedFields(settingIn(current), settingIn(error.answer)).length === 0) return current;
        }
    },
    delete: (actor, id, ...rest) =>
      db.transaction(async () => {
        const before = settingIn(await service.get(actor, id));
        const answer = await service.delete(actor, id, ...rest);
        await record(actor, "deleted", before);
        return answer;
      }),
  };
  return { ...service, ...recorded };
}
