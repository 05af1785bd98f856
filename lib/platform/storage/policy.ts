import { createHmac, timingSafeEqual } from "node:crypto";

/** AWS4-HMAC-SHA256 POST policies: they let a browser upload one file without credentials. */

/** Lifetime of a policy in seconds. */
export const policyLifetime = 600;
/** The declared type of every upload; the real type is detected from its bytes. */
export const uploadContentType = "application/octet-stream";

const algorithm = "AWS4-HMAC-SHA256";
/** Maximum length of the base64 policy. */
const maxPolicyLength = 4096;

/** The signing credentials. */
export interface PolicyKey {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

/** Form fields of an upload, with their names on the wire. */
export const formFields = [
  "key",
  "Content-Type",
  "policy",
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-signature",
] as const;

export type FormField = (typeof formFields)[number];

/** Upload URL and the form fields to send before the file. */
export interface UploadForm {
  url: string;
  fields: Record<FormField, string>;
}

/** Formats a time as `20260309T083000Z`. */
const compact = (instant: Date) => instant.toISOString().replace(/[-:]|\.\d{3}/g, "");

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** Returns the hex signature of a base64 policy (AWS Signature Version 4, service `s3`). */
export function signPolicy(policy: string, key: Pick<PolicyKey, "secretAccessKey" | "region">, day: string) {
  const dated = hmac(hmac(hmac(`AWS4${key.secretAccessKey}`, day), key.region), "s3");
  return hmac(hmac(dated, "aws4_request"), policy).toString("hex");
}

/** Returns the form fields for one upload of 1 to `maxSize` bytes under `key`, valid for ten minutes. */
export function createPolicy(
  owner: PolicyKey,
  upload: { bucket: string; key: string; maxSize: number; now: Date },
): Record<FormField, string> {
  const date = compact(upload.now);
  const day = date.slice(0, 8);
  const conditions = {
    key: upload.key,
    "Content-Type": uploadContentType,
    "x-amz-algorithm": algorithm,
    "x-amz-credential": `${owner.accessKeyId}/${day}/${owner.region}/s3/aws4_request`,
    "x-amz-date": date,
  };
  const document = {
    expiration: new Date(upload.now.getTime() + policyLifetime * 1000).toISOString(),
    conditions: [
      { bucket: upload.bucket },
      ...Object.entries(conditions).map(([name, value]) => ({ [name]: value })),
      ["content-length-range", 1, upload.maxSize],
    ],
  };
  const policy = Buffer.from(JSON.stringify(document)).toString("base64");
  return { ...conditions, policy, "x-amz-signature": signPolicy(policy, owner, day) };
}

/** Whether a form may be stored, and under which key and sizes; or the error. */
export type Verdict =
  | { ok: true; key: string; minSize: number; maxSize: number }
  | { ok: false; code: "BadRequest" | "Forbidden"; message: string };

/**
 * Validates an upload form against its policy: all fields present, no others, valid signature, not expired,
 * and every condition met.
 */
export function checkForm(
  owner: PolicyKey,
  bucket: string,
  form: ReadonlyMap<string, string>,
  now: Date,
): Verdict {
  const no = (code: "BadRequest" | "Forbidden", message: string): Verdict => ({ ok: false, code, message });
  const known: ReadonlySet<string> = new Set(formFields.map((name) => name.toLowerCase()));
  for (const name of form.keys())
    if (!known.has(name))
      return no("Forbidden", `The field ${name.slice(0, 50)} is not in the policy. Remove it.`);
  for (const name of formFields)
    if (!form.has(name.toLowerCase()))
      return no("BadRequest", `The field ${name} is missing. Add it before the file.`);
  const field = (name: FormField) => form.get(name.toLowerCase()) ?? "";

  const policy = field("policy");
  const [accessKeyId, day = "", region, service, terminator, ...rest] = field("x-amz-credential").split("/");
  const wellFormed =
    field("x-amz-algorithm") === algorithm &&
    accessKeyId === owner.accessKeyId &&
    /^\d{8}$/.test(day) &&
    region === owner.region &&
    service === "s3" &&
    terminator === "aws4_request" &&
    rest.length === 0 &&
    policy.length <= maxPolicyLength;
  if (!wellFormed || !sameText(field("x-amz-signature"), signPolicy(policy, owner, day)))
    return no("Forbidden", "The signature doesn't match the policy. Request a new upload.");

  const parsed = readPolicy(policy);
  if (!parsed) return no("BadRequest", "The policy is not valid. Request a new upload.");
  if (!(now.getTime() < parsed.expiration))
    return no("Forbidden", "The policy has expired. Request a new upload.");

  const checked = new Set<string>();
  let range: { minSize: number; maxSize: number } | undefined;
  for (const condition of parsed.conditions) {
    if (condition.kind === "range") range = condition;
    else {
      const given = condition.name === "bucket" ? bucket : form.get(condition.name);
      if (given === undefined || given !== condition.value)
        return no(
          "Forbidden",
          `The field ${condition.name} has a value that the policy doesn't allow. Send it unchanged.`,
        );
      checked.add(condition.name);
    }
  }
  const free = formFields.find((name) => {
    const signs = name === "policy" || name === "x-amz-signature";
    return !signs && !checked.has(name.toLowerCase());
  });
  if (free !== undefined || !range)
    return no("Forbidden", "The policy doesn't cover all fields. Request a new upload.");
  return { ok: true, key: field("key"), minSize: range.minSize, maxSize: range.maxSize };
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

type Condition =
  | { kind: "equal"; name: string; value: string }
  | { kind: "range"; minSize: number; maxSize: number };

/** Parses only policies of the form that `createPolicy` makes: one-entry conditions and one size range. */
function readPolicy(policy: string): { expiration: number; conditions: Condition[] } | undefined {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(policy, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
  if (typeof document !== "object" || document === null) return undefined;
  const { expiration, conditions } = document as Record<string, unknown>;
  if (typeof expiration !== "string" || !Array.isArray(conditions)) return undefined;
  const read = conditions.map(readCondition);
  const known = read.filter((condition) => condition !== undefined);
  return known.length === read.length ? { expiration: Date.parse(expiration), conditions: known } : undefined;
}

function readCondition(condition: unknown): Condition | undefined {
  if (Array.isArray(condition)) {
    const [name, minSize, maxSize, ...rest]: unknown[] = condition;
    if (name !== "content-length-range" || rest.length > 0) return undefined;
    if (typeof minSize !== "number" || typeof maxSize !== "number") return undefined;
    return { kind: "range", minSize, maxSize };
  }
  if (typeof condition !== "object" || condition === null) return undefined;
  const [entry, ...more] = Object.entries(condition);
  if (!entry || more.length > 0 || typeof entry[1] !== "string") return undefined;
  return { kind: "equal", name: entry[0].toLowerCase(), value: entry[1] };
}
