import type { InferClientOutputs } from '@orpc/client';
import { count } from '../../../../src/domain/text/words.ts';
import type { client } from '../../api.ts';
import { VERDICT_ORDER, type VerdictState, verdictWord } from '../../theme/tokens.ts';

type Outputs = InferClientOutputs<typeof client>['imports'];
export type Preview = Outputs['preview'];
export type PreviewFile = Preview['files'][number];
export type KindChange = Preview['kinds'][number];
export type ShownImport = Outputs['get'];
export type ListedImport = Outputs['list']['items'][number];
export type ImportSource = Outputs['sources']['items'][number];

export const OUTCOME_WORDS: Readonly<Record<PreviewFile['outcome'], string>> = {
  taken: 'Will count',
  replaced: 'Kept as history',
  already: 'Stored already',
  copy: 'Same as another file',
  document: 'Document',
  malformed: 'Refused',
  not_placed: 'Not known',
  proof: 'Proof',
  kept: 'Kept as evidence',
  left_out: 'Left out',
  ignored: 'Not read',
};

export const STATE_WORDS: Readonly<Record<ShownImport['state'], string>> = {
  collecting: 'Not read yet',
  reading: 'Being read',
  preview: 'Waiting to be stored',
  stored: 'Stored',
  canceled: 'Canceled',
  failed: 'Stopped',
};

/** Basis for the day of a reading. */
export const DATE_WORDS: Readonly<Record<NonNullable<PreviewFile['dateFrom']>, string>> = {
  content: 'as the file says',
  stated: 'as stated',
  name: 'from its name',
  saved: 'when the file was saved',
};

export type VerdictChange = Preview['verdicts']['changes'][number];

/** Effects of files on a verdict: it becomes readable, becomes unreadable, changes, or rests on other items. */
export type Effect = 'read' | 'changed' | 'lost' | 'items';
const EFFECTS: readonly Effect[] = ['lost', 'read', 'changed', 'items'];

function effectOf({ before, after }: VerdictChange): Effect {
  const was = before.state !== null && before.state !== 'cannot_read';
  const is = after.state !== 'cannot_read';
  if (was !== is) return is ? 'read' : 'lost';
  return before.state === after.state ? 'items' : 'changed';
}

/** Changes grouped by effect, losses first. */
export function effectsOf(
  changes: readonly VerdictChange[],
): readonly { readonly effect: Effect; readonly changes: readonly VerdictChange[] }[] {
  return EFFECTS.flatMap((effect) => {
    const own = changes.filter((change) => effectOf(change) === effect);
    return own.length === 0 ? [] : [{ effect, changes: own }];
  });
}

/** "9 controls become readable: 6 pass, 3 fail" */
export function effectWords(effect: Effect, changes: readonly VerdictChange[], stored: boolean): string {
  const many = count(changes.length, 'control');
  const states = [...Map.groupBy(changes, ({ after }) => after.state)]
    .toSorted(([a], [b]) => VERDICT_ORDER.indexOf(a) - VERDICT_ORDER.indexOf(b))
    .map(
      ([state, own]) =>
        `${own.length} ${STATE_VERBS[state]?.[own.length === 1 ? 0 : 1] ?? verdictWord(state).toLowerCase()}`,
    )
    .join(', ');
  const one = changes.length === 1;
  switch (effect) {
    case 'read':
      return `${many} ${stored ? 'became' : one ? 'becomes' : 'become'} readable: ${states}`;
    case 'changed':
      return `${many} ${stored ? 'changed' : one ? 'changes' : 'change'}: ${states}`;
    case 'lost':
      return `${many} can no longer be read`;
    case 'items':
      if (stored) return `${many} kept ${one ? 'its' : 'their'} verdict but listed different items`;
      return `${many} ${one ? 'keeps its verdict but lists' : 'keep their verdict but list'} different items`;
  }
}

/** Singular and plural. */
const STATE_VERBS: Readonly<Partial<Record<VerdictState, readonly [string, string]>>> = {
  pass: ['passes', 'pass'],
  fail: ['fails', 'fail'],
  cannot_read: ['cannot be read', 'cannot be read'],
};

/** "11 kB", "300 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte');
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}

/** How a column was recognized, as a sentence. */
export function howWords(column: PreviewFile['columns'][number]): string {
  switch (column.how) {
    case 'heading':
      return 'By heading';
    case 'content':
      return 'By content';
    case 'heading and content':
      return 'By heading and content';
    case 'position':
      return 'By position';
    case 'hand':
      return 'As you chose';
    case null:
      return 'Left out, and listed in the record';
  }
}
