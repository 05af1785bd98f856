import { S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { describe, expect, test } from "vitest";
import { checkForm, createPolicy, type FormField, signPolicy } from "@/lib/platform/storage/policy";

const owner = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG",
  region: "eu-central-1",
};
const now = new Date("2026-03-09T08:30:00.000Z");
const upload = { bucket: "media", key: "a/b/c/upload", maxSize: 5_242_880, now };

const formOf = (fields: Record<FormField, string>, changes: Record<string, string | undefined> = {}) =>
  new Map(
    Object.entries({ ...fields, ...changes }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value] as const],
    ),
  );
const check = (changes: Record<string, string | undefined> = {}, at = now) =>
  checkForm(owner, "media", formOf(createPolicy(owner, upload), changes), at);

describe("a POST policy", () => {
  test("has the same signature as the AWS SDK's", async () => {
    const client = new S3Client({ region: owner.region, credentials: owner });
    const { fields } = await createPresignedPost(client, {
      Bucket: upload.bucket,
      Key: upload.key,
      Conditions: [["content-length-range", 1, upload.maxSize]],
      Fields: { "Content-Type": "application/octet-stream" },
      Expires: 600,
    });
    const { Policy = "", "X-Amz-Date": date = "", "X-Amz-Credential": credential } = fields;
    expect(signPolicy(Policy, owner, date.slice(0, 8))).toBe(fields["X-Amz-Signature"]);
    expect(credential).toBe(`${owner.accessKeyId}/${date.slice(0, 8)}/${owner.region}/s3/aws4_request`);
  });

  test("has the same conditions as the AWS SDK's", async () => {
    const client = new S3Client({ region: owner.region, credentials: owner });
    const { fields } = await createPresignedPost(client, {
      Bucket: upload.bucket,
      Key: upload.key,
      Conditions: [["content-length-range", 1, upload.maxSize]],
      Fields: { "Content-Type": "application/octet-stream" },
      Expires: 600,
    });
    const read = (policy = ""): unknown[] =>
      JSON.parse(Buffer.from(policy, "base64").toString("utf8")).conditions;
    const [year = "", month = "", day = "", hour = "", minute = "", second = ""] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(fields["X-Amz-Date"] ?? "")?.slice(1) ?? [];
    const made = createPolicy(owner, {
      ...upload,
      now: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
    });
    const plain = (conditions: unknown[]) =>
      conditions.map((each) => JSON.stringify(each).toLowerCase()).sort();
    expect(plain(read(made.policy))).toEqual(plain(read(fields.Policy)));
  });

  test("accepts its form for ten minutes", () => {
    expect(check()).toEqual({ ok: true, key: upload.key, minSize: 1, maxSize: upload.maxSize });
    expect(check({}, new Date(now.getTime() + 599_999)).ok).toBe(true);
    expect(check({}, new Date(now.getTime() + 600_000))).toMatchObject({ ok: false, code: "Forbidden" });
  });

  const policyOf = (document: unknown) => {
    const policy = Buffer.from(JSON.stringify(document)).toString("base64");
    return { policy, "x-amz-signature": signPolicy(policy, owner, "20260309") };
  };

  test.each<[string, Record<string, string | undefined>, string]>([
    ["another key", { key: "a/b/d/upload" }, "Forbidden"],
    ["another type", { "Content-Type": "text/html" }, "Forbidden"],
    ["another date", { "x-amz-date": "20260309T083001Z" }, "Forbidden"],
    ["another algorithm", { "x-amz-algorithm": "AWS4-HMAC-SHA1" }, "Forbidden"],
    ["another owner", { "x-amz-credential": "X/20260309/eu-central-1/s3/aws4_request" }, "Forbidden"],
    [
      "another region",
      { "x-amz-credential": `${owner.accessKeyId}/20260309/x/s3/aws4_request` },
      "Forbidden",
    ],
    ["another signature", { "x-amz-signature": "0".repeat(64) }, "Forbidden"],
    ["an empty signature", { "x-amz-signature": "" }, "Forbidden"],
    ["an extra field", { success_action_status: "201" }, "Forbidden"],
    ["no policy", { policy: undefined }, "BadRequest"],
    ["no key", { key: undefined }, "BadRequest"],
    [
      "a signed policy without conditions",
      policyOf({ expiration: "2030-01-01T00:00:00.000Z", conditions: [] }),
      "Forbidden",
    ],
    [
      "a signed policy with unsupported conditions",
      policyOf({ expiration: "2030-01-01T00:00:00.000Z", conditions: [["starts-with", "$key", ""]] }),
      "BadRequest",
    ],
    ["a signed policy without an expiration", policyOf({ conditions: [] }), "BadRequest"],
    [
      "a signed policy with an invalid expiration",
      policyOf({ expiration: "soon", conditions: [] }),
      "Forbidden",
    ],
    ["signed nonsense", { policy: "!", "x-amz-signature": signPolicy("!", owner, "20260309") }, "BadRequest"],
  ])("rejects a form with %s", (_, changes, code) => {
    expect(check(changes)).toMatchObject({ ok: false, code });
  });

  test("is valid for one bucket only", () => {
    expect(checkForm(owner, "other", formOf(createPolicy(owner, upload)), now)).toMatchObject({ ok: false });
  });
});
