import { expect, test } from "vitest";
import { diskTrouble } from "@/lib/storage/errors";

const system = (code: string) => Object.assign(new Error(code), { code, syscall: "write", errno: -28 });

test("a disk that is full or takes nothing is told from other faults, however deep it is wrapped", () => {
  expect(diskTrouble(system("ENOSPC"))).toBe("full");
  expect(diskTrouble(system("EDQUOT"))).toBe("full");
  expect(diskTrouble(system("EROFS"))).toBe("failing");
  expect(diskTrouble(new Error("not stored", { cause: system("ENOSPC") }))).toBe("full");
  expect(diskTrouble(system("ENOENT"))).toBeUndefined();
  expect(diskTrouble(Object.assign(new Error("a body"), { code: "ENOSPC" }))).toBeUndefined();
  expect(diskTrouble("ENOSPC")).toBeUndefined();
});
