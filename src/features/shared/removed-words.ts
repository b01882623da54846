import { dayWords } from '#domain/text/words.ts';

/** Says of a thing that retention took it, when, and where that stands. */
export function removedWords(
  what: string,
  { on, record }: { readonly on: string; readonly record: number },
): string {
  return `${what} was removed by retention on ${dayWords(on)} (record ${record} of the audit log).`;
}
