import type { Store } from "@/lib/platform/storage/server/store";

/** Returns a store that opens on first use, because loading the S3 client is expensive. */
export function openedLater(open: () => Promise<Store>): Store {
  let opened: Promise<Store> | undefined;
  const store = () => {
    opened ??= open();
    return opened;
  };
  return {
    presignUpload: async (request) => (await store()).presignUpload(request),
    fetch: async (key, path) => (await store()).fetch(key, path),
    put: async (key, path, contentType) => (await store()).put(key, path, contentType),
    link: async (request) => (await store()).link(request),
    remove: async (key) => (await store()).remove(key),
    async *list(folder) {
      yield* (await store()).list(folder);
    },
  };
}
