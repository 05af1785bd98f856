import { Lifetime } from "../lifetime";
import { openProduct } from "../product";

/** `npm run keys:rotate`: tokens are signed with a new key from now on; those that are out stay good. */
export async function rotateKeys(): Promise<void> {
  await Lifetime.of(async (lifetime) => {
    const services = await openProduct(lifetime);
    const { id } = await services.auth.rotateSigningKey(services.clock.now());
    console.log(
      `New tokens are signed with key ${id} within a minute. The previous key stays published until its last token expires.`,
    );
  });
}
