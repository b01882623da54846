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

/** What answers the operations of a contract, by their names. One that is missing or is no operation does not compile. */
export type HandlersOf<Contract> =
  Contract extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
    ? (
        context: HandlerContext,
        input: InferSchemaOutput<Input>,
        /** Aborts when the other side hangs up; left out where the server calls itself. */
        signal: AbortSignal | undefined,
      ) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
    : { readonly [Name in keyof Contract]: HandlersOf<Contract[Name]> };

/** What answers each feature of a contract, loaded when it is asked for. */
export type LoadersOf<Contract> = {
  readonly [Feature in keyof Contract]: () => Promise<HandlersOf<Contract[Feature]>>;
};

/** The operations of a contract with what answers them, each behind the one door. Throws where nothing answers a feature. */
export function answered<Contract extends Readonly<Record<string, AnyContractRouter>>>(
  contract: Contract,
  loaders: LoadersOf<Contract>,
): Router<Contract, RequestContext> {
  const bound = Object.entries(contract).map(([feature, part]) => [
    feature,
    bind(part, loaders[feature] as (() => Promise<unknown>) | undefined, []),
  ]);
  return Object.fromEntries(bound) as Router<Contract, RequestContext>;
}

/** Types lose which operation it is; `HandlersOf` has compared every one with its answer. */
type Answer = (context: HandlerContext, input: unknown, signal?: AbortSignal) => unknown;

function bind(
  contract: AnyContractRouter,
  load: (() => Promise<unknown>) | undefined,
  path: readonly string[],
): unknown {
  if (!isContractProcedure(contract))
    return Object.fromEntries(
      Object.entries(contract).map(([name, part]) => [name, bind(part, load, [...path, name])]),
    );
  if (load === undefined) throw nothingAnswers(contract);
  // The door is put before a router, not before the operation alone: there it would stand behind the check of the input.
  const on = implement({ operation: contract }).$context<RequestContext>().use(secured);
  return on.operation.handler(async ({ context, input, signal }) => {
    let answer = await load();
    for (const name of path) answer = (answer as Readonly<Record<string, unknown>> | undefined)?.[name];
    // Node does not look at types.
    if (typeof answer !== 'function') throw nothingAnswers(contract);
    return (answer as Answer)(context, input, signal);
  });
}

function nothingAnswers(operation: AnyContractProcedure): Error {
  const { method, path } = operation['~orpc'].route;
  return new Error(`nothing answers ${method} ${path}: write it in handlers.ts beside its contract.ts`);
}
