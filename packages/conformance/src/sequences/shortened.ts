/** How many lists are tried at the most. */
const patience = 250;

/** Answers how much of a list is needed to fail, and undefined where it does not. */
type Fails<T> = (list: readonly T[]) => Promise<readonly T[] | undefined>;

/**
 * A list that fails as another did, and of which no item can be left out. Where another item in one place makes a
 * shorter list fail, that one is taken.
 */
export async function shortened<T>(
  list: readonly T[],
  fails: Fails<T>,
  othersOf: (item: T) => readonly T[] = () => [],
): Promise<readonly T[]> {
  let tries = 0;
  const patient: Fails<T> = async (each) => (tries++ < patience ? fails(each) : undefined);
  let best = await withoutAny(list, patient);
  for (;;) {
    const shorter = await withAnother(best, patient, othersOf);
    if (!shorter) return best;
    best = await withoutAny(shorter, patient);
  }
}

/** Large parts are left out first, then single items until nothing changes. */
async function withoutAny<T>(list: readonly T[], fails: Fails<T>): Promise<readonly T[]> {
  let best = list;
  for (let size = Math.ceil(list.length / 2); size > 0; size = Math.ceil(size / 2)) {
    const before = best.length;
    for (let at = 0; at < best.length; ) {
      const shorter = await fails([...best.slice(0, at), ...best.slice(at + size)]);
      if (shorter) best = shorter;
      else at += size;
    }
    if (size === 1 && best.length === before) break;
  }
  return best;
}

/** A shorter list that fails with another item in one place; a list of three is short enough. */
async function withAnother<T>(
  list: readonly T[],
  fails: Fails<T>,
  othersOf: (item: T) => readonly T[],
): Promise<readonly T[] | undefined> {
  if (list.length <= 3) return undefined;
  for (const [at, item] of list.entries())
    for (const other of othersOf(item)) {
      const shorter = await fails([...list.slice(0, at), other, ...list.slice(at + 1)]);
      if (shorter && shorter.length < list.length) return shorter;
    }
  return undefined;
}
