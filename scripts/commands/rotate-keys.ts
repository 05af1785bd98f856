import { Lifetime } from "../lifetime";
import { openProduct } from "../product";

/** `npm run keys:rotate`: signs tokens with a new key from now on. Existing tokens stay valid. */
export async function rotateKeys(): Promise<void> {
  await Lifetime.of(async (lifetime) => {
    const services = await openProduct(lifetime);
    const { id } = await services.auth.rotateSigningKey(services.clock.now());
    console.log(
      `New tokens are signed with key ${id} within a minute. The previous key stays published until its last token expires.`,
    );
  });
}
