import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { createPolicy } from "@/lib/platform/storage/policy";
import { linkLifetime, type Store } from "@/lib/platform/storage/server/store";

/** A bucket of an S3-compatible store. `publicEndpoint` is its origin for browsers. */
export interface S3Options {
  endpoint: string;
  publicEndpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Creates a store in a bucket, with path-style URLs (`endpoint/bucket/key`). Connects on first use. */
export function createS3Store(options: S3Options): Store {
  const { bucket: Bucket, region, accessKeyId, secretAccessKey } = options;
  const open = (endpoint: string) =>
    new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      // S3-compatible stores reject the checksums that the client adds to streamed bodies by default.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    });
  const client = open(options.endpoint);
  const signer = options.publicEndpoint === options.endpoint ? client : open(options.publicEndpoint);

  return {
    async presignUpload({ key, maxSize, now }) {
      return {
        url: `${options.publicEndpoint}/${Bucket}`,
        fields: createPolicy({ accessKeyId, secretAccessKey, region }, { bucket: Bucket, key, maxSize, now }),
      };
    },

    async fetch(Key, path) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        await pipeline(Body as Readable, createWriteStream(path));
        return true;
      } catch (error) {
        if ((error as Error).name === "NoSuchKey") return false;
        throw error;
      }
    },

    async put(Key, path, ContentType) {
      const { size } = await stat(path);
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: createReadStream(path),
          ContentLength: size,
          ContentType,
          CacheControl: "private, max-age=31536000, immutable",
        }),
      );
    },

    link: ({ key, contentType, fileName, now }) =>
      getSignedUrl(
        signer,
        new GetObjectCommand({
          Bucket,
          Key: key,
          ResponseContentType: contentType,
          ResponseContentDisposition: `inline; filename="${fileName}"`,
        }),
        { expiresIn: linkLifetime, signingDate: now },
      ),

    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },

    async *list(folder) {
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket,
            Prefix: `${folder}/`,
            ...(ContinuationToken && { ContinuationToken }),
          }),
        );
        for (const { Key, LastModified } of page.Contents ?? [])
          if (Key && LastModified) yield { key: Key, modifiedAt: LastModified };
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (ContinuationToken);
    },
  };
}
