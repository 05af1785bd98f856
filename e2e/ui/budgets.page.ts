import { watchedPages } from "@/scripts/bench/pages";
import { measureScripts } from "@/scripts/bench/script-bytes";
import { baseUrl } from "./environment";
import { expect, test } from "./fixtures";

for (const { name, path, as, mostScript } of watchedPages)
  test(`${name} keeps to its budget of script`, async ({ openAs }) => {
    const page = await openAs(as);
    const { beyondFramework, files } = await measureScripts(page, baseUrl() + path);
    const own = files.filter((each) => !each.framework);
    expect(beyondFramework, JSON.stringify(own, null, 2)).toBeLessThanOrEqual(mostScript);
  });
