import { ApiError } from "@/lib/platform/http/errors";
import type { DiskStore } from "@/lib/platform/storage/server/disk";
import { sendFile } from "@/lib/platform/storage/server/downloads";
import { receiveUpload } from "@/lib/platform/storage/server/uploads";

/**
 * The two endpoints with which the disk stands in for an S3 store: one takes uploads by POST policy, one hands files
 * out by signed link. With a store elsewhere they are not there.
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
