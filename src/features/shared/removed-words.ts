import { dayWords } from '#domain/text/words.ts';

/** The sentence that retention removed something, when, and where that is recorded. */
export function removedWords(
  what: string,
  { on, record }: { readonly on: string; readonly record: number },
): string {
  return `${what} was removed by retention on ${dayWords(on)} (record ${record} of the audit log).`;
}
