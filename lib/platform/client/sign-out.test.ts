import { expect, it } from "vitest";
import { beforeSignOut, prepareSignOut } from "./sign-out";

it("prepares a sign-out, and undoes only what was prepared", async () => {
  const done: string[] = [];
  const forget = [
    beforeSignOut(async () => {
      done.push("first");
      return () => done.push("first undone");
    }),
    beforeSignOut(() => Promise.reject(new Error("the server is away"))),
  ];
  const undo = await prepareSignOut();
  expect(done).toEqual(["first"]);
  undo();
  expect(done).toEqual(["first", "first undone"]);

  for (const each of forget) each();
  await prepareSignOut();
  expect(done).toHaveLength(2);
});
