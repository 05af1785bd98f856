/** What must be done while the session still counts. Resolves to a function that undoes it. */
type Preparation = () => Promise<() => void>;

const preparations = new Set<Preparation>();

/**
 * Registers something to do before the person signs out: later requests would be refused. Returns a function that
 * removes it.
 */
export function beforeSignOut(preparation: Preparation): () => void {
  preparations.add(preparation);
  return () => preparations.delete(preparation);
}

/** Does what is registered. Resolves to a function that undoes it, in case the sign-out fails. Never rejects. */
export async function prepareSignOut(): Promise<() => void> {
  const outcomes = await Promise.allSettled([...preparations].map((prepare) => prepare()));
  return () => {
    for (const outcome of outcomes) if (outcome.status === "fulfilled") outcome.value();
  };
}
