import { isProcedure } from '@orpc/server';
import { handlers } from '#app/handlers.ts';
import type { Operation } from '#features/operation.ts';

/** The procedure of an operation. Every surface calls this one, so the same access check applies everywhere. */
export function procedureOf(operation: Operation) {
  const found = operation.path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined,
    handlers,
  );
  if (!isProcedure(found)) throw new Error(`nothing answers the operation ${operation.path.join('.')}`);
  return found;
}
