import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";

/**
 * A mutation with an optimistic update of a cached list. `optimistic` returns the expected list, which is rolled
 * back on an error; `settle` merges the response into it. Then all queries below the keys in `touches` are
 * refetched.
 */
export function useListWrite<Item, Variables, Answer>({
  list,
  write,
  optimistic = (items) => items,
  settle = (items) => items,
  touches,
}: {
  list: QueryKey;
  write: (variables: Variables) => Promise<Answer>;
  optimistic?: (items: Item[], variables: Variables) => Item[];
  settle?: (items: Item[], answer: Answer, variables: Variables) => Item[];
  touches: QueryKey[];
}) {
  const client = useQueryClient();
  const show = (next: (items: Item[]) => Item[]) =>
    client.setQueryData<Item[]>(list, (items) => items && next(items));
  return useMutation({
    mutationFn: write,
    async onMutate(variables: Variables) {
      await client.cancelQueries({ queryKey: list });
      const before = client.getQueryData<Item[]>(list);
      show((items) => optimistic(items, variables));
      return { before };
    },
    onError(_error, _variables, context) {
      if (context?.before) client.setQueryData(list, context.before);
    },
    onSuccess(answer, variables) {
      show((items) => settle(items, answer, variables));
    },
    onSettled() {
      // Not awaited: the write has succeeded, and the refetches may be slow.
      for (const queryKey of touches) void client.invalidateQueries({ queryKey });
    },
  });
}

interface Identified {
  id: string;
}

/** Returns the list with the item replaced by id, or appended. */
export function put<Item extends Identified>(items: Item[], item: Item): Item[] {
  return items.some(({ id }) => id === item.id)
    ? items.map((each) => (each.id === item.id ? item : each))
    : [...items, item];
}

/** A change as in PATCH: undefined leaves a property, `null` removes it. */
type Change<Item> = { [K in keyof Item]?: Item[K] | null | undefined };

/**
 * Returns the list with one item changed. Pass the whole change, so that a new property is included. A property that
 * the item doesn't have under the same name doesn't compile: take it out of the change first.
 */
export function merge<Item extends Identified, C extends Change<Item>>(
  items: Item[],
  id: string,
  change: C & { [K in Exclude<keyof C, keyof Item>]: never },
): Item[] {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return items.map((item) =>
    item.id === id
      ? (Object.fromEntries(
          Object.entries({ ...item, ...Object.fromEntries(given) }).filter(([, value]) => value !== null),
        ) as unknown as Item)
      : item,
  );
}

/** Returns the list without one item. */
export function without<Item extends Identified>(items: Item[], id: string): Item[] {
  return items.filter((each) => each.id !== id);
}

/** Returns an ordered list with one item at another position. */
export function moved<Item extends Identified & { position: number }>(
  items: Item[],
  id: string,
  position: number | undefined,
): Item[] {
  const item = items.find((each) => each.id === id);
  if (!item || position === undefined) return items;
  const others = items.filter((each) => each !== item);
  return others.toSpliced(position, 0, item).map((each, place) => ({ ...each, position: place }));
}
