import { watchedPages } from "@/bench/pages";
import { measureScripts } from "@/bench/script-bytes";
import { baseUrl } from "@/e2e/support/ui/environment";
import { expect, test } from "@/e2e/support/ui/fixtures";

for (const { name, path, as, mostScript } of watchedPages)
  test(`${name} stays within its script budget`, async ({ openAs }) => {
    const page = await openAs(as);
    const { beyondFramework, files } = await measureScripts(page, baseUrl() + path);
    const own = files.filter((each) => !each.framework);
    expect(beyondFramework, JSON.stringify(own, null, 2)).toBeLessThanOrEqual(mostScript);
  });
