import type { ReactNode } from 'react';
import { SOURCE_WORDS, SURFACE_WORDS, wordsIn } from '../../../../src/domain/activity/words.ts';
import { SmallNote } from '../../ui/blind-notes.tsx';
import { count, type Usage, whole } from './words.ts';

type Told = Usage['twice'][number];
const FIGURE: Readonly<Record<Told['figure'], string>> = {
  message: 'message',
  tool_call: 'call',
  model_request: 'request',
};

/** Where several sources tell of the same use: what each tells, and how much of it is in the figures; undefined: nowhere. */
export function twiceFoot({ twice }: Usage, figure: Told['figure']): ReactNode {
  const own = twice.filter((one) => one.figure === figure);
  if (own.length === 0) return undefined;
  return own.map(({ surface, told }) => (
    <SmallNote key={surface}>{twiceWords(figure, surface, told)}</SmallNote>
  ));
}

function twiceWords(figure: Told['figure'], surface: string, told: Told['told']): string {
  const where =
    surface === 'unknown' ? 'where a source does not say where it was' : wordsIn(SURFACE_WORDS, surface);
  const days = count(Math.max(...told.map((one) => one.days)), 'day');
  const says = told
    .map(({ source, events }) => `${wordsIn(SOURCE_WORDS, source)} ${count(events, FIGURE[figure])}`)
    .join(', ');
  const counted = told
    .filter((one) => one.counted > 0)
    .map((one) => `${whole(one.counted)} of ${wordsIn(SOURCE_WORDS, one.source)} (${one.because})`)
    .join('; ');
  return `${where}, ${days} reported by several sources: ${says}. Counted once: ${counted}. The first source known to be complete for a day is used; if none is, the one that reports most.`;
}
