import { ApiError } from "@/lib/platform/http/errors";
import type { DiskStore } from "@/lib/platform/storage/server/disk";
import { sendFile } from "@/lib/platform/storage/server/downloads";
import { receiveUpload } from "@/lib/platform/storage/server/uploads";

/**
 * Creates the two endpoints that replace an S3 server when files are on disk: uploads by POST policy and
 * downloads by signed link. They answer 404 without a disk store.
 */
export function createFileEndpoints(disk: DiskStore | undefined, maxSize: number) {
  function requireDisk(): DiskStore {
    if (!disk)
      throw new ApiError(
        "NotFound",
        "Files are in a separate store. Use the address from the upload or download response.",
      );
    return disk;
  }
  return {
    async receive(request: Request, now: Date): Promise<Response> {
      await receiveUpload(requireDisk(), request, { maxSize, now });
      return new Response(null, { status: 204 });
    },

    async send(request: Request, now: Date): Promise<Response> {
      const key = new URL(request.url).pathname.replace(/^\/api\/files\//, "");
      return await sendFile(requireDisk(), request, { key, now });
    },
  };
}

export type FileEndpoints = ReturnType<typeof createFileEndpoints>;
