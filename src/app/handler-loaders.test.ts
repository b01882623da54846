import { isContractProcedure } from '@orpc/contract';
import { expect, it } from 'vitest';
import { contract } from './contract.ts';
import { HANDLER_LOADERS } from './handler-loaders.ts';

/** Names of operations of a contract that have no function in what should answer them. */
function unanswered(part: unknown, handlers: unknown, path: string): string[] {
  if (isContractProcedure(part)) return typeof handlers === 'function' ? [] : [path];
  return Object.entries(part as object).flatMap(([name, inner]) =>
    unanswered(inner, (handlers as Record<string, unknown> | undefined)?.[name], `${path}.${name}`),
  );
}

it('answers every operation of each feature, once its code is loaded', async () => {
  const missing = await Promise.all(
    Object.entries(contract).map(async ([feature, part]) =>
      unanswered(
        part,
        await (HANDLER_LOADERS as Record<string, () => Promise<unknown>>)[feature]?.(),
        feature,
      ),
    ),
  );
  expect(missing.flat()).toEqual([]);
  expect(Object.keys(HANDLER_LOADERS).sort()).toEqual(Object.keys(contract).sort());
});
