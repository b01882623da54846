import type { AnyContractProcedure } from '@orpc/contract';
import { isContractProcedure } from '@orpc/contract';
import type { ActionTitles } from '#features/context.ts';
import type { Operation, OperationMeta } from '#features/operation.ts';
import { contract } from './contract.ts';

/** What each action of the audit log is called: the title of the operation that does it. */
export function actionTitles(): ActionTitles {
  return new Map(
    operations().flatMap(({ meta, title }) => (meta.audit === null ? [] : [[meta.audit, title] as const])),
  );
}

/** Every operation of the contract, in its order. */
export function operations(tree: unknown = contract, path: readonly string[] = []): readonly Operation[] {
  if (isContractProcedure(tree)) return [described(tree, path)];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => operations(value, [...path, key]));
}

function described(procedure: AnyContractProcedure, path: readonly string[]): Operation {
  const { route, meta } = procedure['~orpc'];
  if (route.method === undefined || route.path === undefined)
    throw new Error(`${path.join('.')} was not made by operationsOf(): it has no method and path`);
  return {
    path,
    method: route.method,
    route: route.path,
    title: route.summary ?? path.join(' '),
    description: route.description ?? null,
    feature: route.tags?.[0] ?? path[0] ?? '',
    meta: meta as OperationMeta,
    procedure,
  };
}
