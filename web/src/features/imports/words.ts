import type { InferClientOutputs } from '@orpc/client';
import { count } from '../../../../src/domain/text/words.ts';
import type { client } from '../../api.ts';

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
  preview: 'Waits to be stored',
  stored: 'Stored',
  canceled: 'Canceled',
  failed: 'Stopped',
};

/** What the day of a reading rests on. */
export const DATE_WORDS: Readonly<Record<NonNullable<PreviewFile['dateFrom']>, string>> = {
  content: 'as the file says',
  stated: 'as stated',
  name: 'by its name',
  saved: 'by when it was saved',
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
      return 'As you said';
    case null:
      return 'Left out, and listed in the record';
  }
}
