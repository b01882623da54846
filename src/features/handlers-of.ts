import {
  type AnyContractProcedure,
  type AnyContractRouter,
  type ContractProcedure,
  type InferSchemaInput,
  type InferSchemaOutput,
  isContractProcedure,
} from '@orpc/contract';
import { implement, type Router } from '@orpc/server';
import type { HandlerContext, RequestContext } from './context.ts';
import { secured } from './secured.ts';

/** The handlers of a contract, by operation name. A missing or superfluous handler is a compile error. */
export type HandlersOf<Contract> =
  Contract extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
    ? (
        context: HandlerContext,
        input: InferSchemaOutput<Input>,
        /** Aborts when the client disconnects; undefined for calls within the server. */
        signal: AbortSignal | undefined,
      ) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
    : { readonly [Name in keyof Contract]: HandlersOf<Contract[Name]> };

/** Loads the handlers of each feature on its first call. */
export type LoadersOf<Contract> = {
  readonly [Feature in keyof Contract]: () => Promise<HandlersOf<Contract[Feature]>>;
};

/**
 * Binds the operations of a contract to their handlers, each behind the access checks of `secured.ts`. Throws if a
 * feature has no handlers.
 */
export function bindHandlers<Contract extends Readonly<Record<string, AnyContractRouter>>>(
  contract: Contract,
  loaders: LoadersOf<Contract>,
): Router<Contract, RequestContext> {
  const bound = Object.entries(contract).map(([feature, part]) => [
    feature,
    bind(part, loaders[feature] as (() => Promise<unknown>) | undefined, []),
  ]);
  return Object.fromEntries(bound) as Router<Contract, RequestContext>;
}

/** A handler of unknown input; `HandlersOf` has already checked the types of each operation. */
type Handler = (context: HandlerContext, input: unknown, signal?: AbortSignal) => unknown;

function bind(
  contract: AnyContractRouter,
  load: (() => Promise<unknown>) | undefined,
  path: readonly string[],
): unknown {
  if (!isContractProcedure(contract))
    return Object.fromEntries(
      Object.entries(contract).map(([name, part]) => [name, bind(part, load, [...path, name])]),
    );
  if (load === undefined) throw noHandler(contract);
  // `secured` has to be on a router, not on the operation: there it would run only after the input was validated.
  const on = implement({ operation: contract }).$context<RequestContext>().use(secured);
  return on.operation.handler(async ({ context, input, signal }) => {
    let handler = await load();
    for (const name of path) handler = (handler as Readonly<Record<string, unknown>> | undefined)?.[name];
    // Node strips types without checking them.
    if (typeof handler !== 'function') throw noHandler(contract);
    return (handler as Handler)(context, input, signal);
  });
}

function noHandler(operation: AnyContractProcedure): Error {
  const { method, path } = operation['~orpc'].route;
  return new Error(`nothing answers ${method} ${path}: write it in handlers.ts beside its contract.ts`);
}
