import { type LookUp, lookUpTxt } from '#sources/dns/lookup.ts';
import { Problem } from './problem.ts';

/** A live TXT lookup; `timeout` in milliseconds per attempt. Throws a Problem if a resolver cannot be used at all. */
export async function lookUp(
  domains: readonly string[],
  servers?: readonly string[],
  timeout = 5000,
): Promise<LookUp> {
  return await lookUpTxt(domains, { servers, timeout }).catch((error: unknown) => {
    throw new Problem(
      `The lookup could not be made: ${error instanceof Error ? error.message : String(error)}. Write a resolver as an address, for example 1.1.1.1 or 127.0.0.1:5353.`,
    );
  });
}
