import { examples } from '../examples.ts';

let known: ReturnType<typeof examples> | null = null;

/** What the example of an operation sends, by its name in the contract; nothing where it has no example yet. */
export function exampleInput(operation: string): Readonly<Record<string, unknown>> {
  known ??= examples();
  return known.get(operation)?.input ?? {};
}
