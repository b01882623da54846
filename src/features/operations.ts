import type { AnyContractProcedure } from '@orpc/contract';
import { isContractProcedure } from '@orpc/contract';
import { contract } from './contract.ts';
import type { OperationMeta } from './operation.ts';

/** One operation as every surface reads it. */
export interface Operation {
  /** Keys in the contract, for example ['exceptions', 'request']. */
  readonly path: readonly string[];
  readonly method: string;
  /** Below /api/v1, with `{name}` for what is filled in. */
  readonly route: string;
  readonly title: string;
  readonly description: string | null;
  readonly feature: string;
  readonly meta: OperationMeta;
  readonly procedure: AnyContractProcedure;
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
    throw new Error(`${path.join('.')} was not made by operation(): it has no method and path`);
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
