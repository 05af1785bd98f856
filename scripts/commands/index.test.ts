import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectDir } from "../paths";
import { commands, prepareAndRun } from "./index";

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(projectDir, "package.json"), "utf8"),
);

test.each(Object.entries(scripts))("npm run %s goes through the bootstrap script", (_, line) => {
  const command = /^node scripts\/run\.mjs ([\w-]+)( --only [\w-]+)?$/.exec(line)?.[1] ?? line;
  expect(Object.keys(commands)).toContain(command);
});

test("generates the database client before loading a command, whose imports may need it", async () => {
  const order: string[] = [];
  const run = (name: string) =>
    prepareAndRun(
      name,
      ["10"],
      {
        bench: async () => {
          order.push("loaded");
          return async (words) => {
            order.push(`run with ${words}`);
          };
        },
      },
      async () => {
        order.push("prepared");
      },
    );
  await run("bench");
  expect(order).toEqual(["prepared", "loaded", "run with 10"]);
  await expect(run("bench-all")).rejects.toThrow('Unknown command "bench-all". Commands: bench.');
});
