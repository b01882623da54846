import type { Services } from '../context.ts';

const turns = new WeakMap<Services['store'], Promise<void>>();

/** Backups and the sweeping of evidence files never run at once in a process: the one lists what the other removes. */
export function takeTurn<T>({ store }: Pick<Services, 'store'>, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(store) ?? Promise.resolve()).then(work);
  turns.set(
    store,
    mine.then(
      () => undefined,
      () => undefined,
    ),
  );
  return mine;
}
