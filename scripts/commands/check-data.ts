import { checkData, findingLine } from "@/prisma/checks/checks";
import { Lifetime } from "../lifetime";
import { Problem } from "../problem";
import { openProduct } from "../product";

/**
 * `npm run check:data`: compares maintained counts and derived rows with a recount, one line per check. Changes
 * nothing. Throws `Problem` if something differs, so the exit code is 1.
 */
export async function checkStoredData(): Promise<void> {
  await Lifetime.of(async (lifetime) => {
    const { db } = await openProduct(lifetime);
    const findings = await checkData(db.query);
    for (const finding of findings) console.log(findingLine(finding));
    const wrong = findings.filter(({ differences }) => differences > 0);
    if (wrong.length > 0)
      throw new Problem(`${wrong.length} of ${findings.length} checks found differences.`);
  });
}
