import { expect, test } from "vitest";
import { diskTrouble } from "@/lib/platform/http/server/disk-errors";
import { receiveUpload } from "@/lib/platform/storage/server/uploads";

const system = (code: string) => Object.assign(new Error(code), { code, syscall: "write", errno: -28 });

test("recognizes a full or failing disk, however deep the error is wrapped", () => {
  expect(diskTrouble(system("ENOSPC"))).toBe("full");
  expect(diskTrouble(system("EDQUOT"))).toBe("full");
  expect(diskTrouble(system("EROFS"))).toBe("failing");
  expect(diskTrouble(new Error("not stored", { cause: system("ENOSPC") }))).toBe("full");
  expect(diskTrouble(system("ENOENT"))).toBeUndefined();
  expect(diskTrouble(Object.assign(new Error("a body"), { code: "ENOSPC" }))).toBeUndefined();
  expect(diskTrouble("ENOSPC")).toBeUndefined();
});

test("an upload to a full disk fails with the disk's error", async () => {
  const form = new FormData();
  form.append("key", "a");
  form.append("file", new Blob([new Uint8Array(200_000)]), "a.png");
  const store: Parameters<typeof receiveUpload>[0] = {
    checkForm: () => ({ ok: true, key: "a", minSize: 1, maxSize: 1_000_000 }),
    receive: async (_, source) => {
      for await (const _piece of source) throw system("ENOSPC");
    },
  };
  const request = new Request("http://localhost/api/uploads", { method: "POST", body: form });
  const failed = await receiveUpload(store, request, { maxSize: 1_000_000, now: new Date(0) }).catch(
    (error: unknown) => error,
  );
  expect(diskTrouble(failed)).toBe("full");
});
