import {
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

/** The operations of a contract with what answers them, each behind the one door. Throws where nothing answers one. */
export function answered<Contract extends AnyContractRouter>(
  contract: Contract,
  handlers: HandlersOf<Contract>,
): Router<Contract, RequestContext> {
  return bind(contract, handlers) as Router<Contract, RequestContext>;
}

function bind(contract: AnyContractRouter, handlers: unknown): unknown {
  if (!isContractProcedure(contract))
    return Object.fromEntries(
      Object.entries(contract).map(([name, part]) => [
        name,
        bind(part, (handlers as Readonly<Record<string, unknown>> | undefined)?.[name]),
      ]),
    );
  if (typeof handlers !== 'function') {
    // Node does not look at types: without this, whoever may call the operation gets an internal error.
    const { method, path } = contract['~orpc'].route;
    throw new Error(`nothing answers ${method} ${path}: write it in handlers.ts beside its contract.ts`);
  }
  // Types lose which operation this is; `HandlersOf` has compared every one with its answer.
  const answer = handlers as (context: HandlerContext, input: unknown, signal?: AbortSignal) => unknown;
  // The door is put before a router, not before the operation alone: there it would stand behind the check of the input.
  const on = implement({ operation: contract }).$context<RequestContext>().use(secured);
  return on.operation.handler(({ context, input, signal }) => answer(context, input, signal));
}
