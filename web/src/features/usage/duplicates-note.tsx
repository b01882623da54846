import type { ReactNode } from 'react';
import { SOURCE_WORDS, SURFACE_WORDS, wordsIn } from '../../../../src/domain/activity/words.ts';
import { SmallNote } from '../../ui/blind-notes.tsx';
import { count, type Usage, whole } from './words.ts';

type Reported = Usage['twice'][number];
const FIGURE: Readonly<Record<Reported['figure'], string>> = {
  message: 'message',
  tool_call: 'call',
  model_request: 'request',
};

/** If several sources report the same usage: what each reports, and how much is in the figures; undefined: none do. */
export function duplicatesNote({ twice }: Usage, figure: Reported['figure']): ReactNode {
  const own = twice.filter((one) => one.figure === figure);
  if (own.length === 0) return undefined;
  return own.map(({ surface, reported }) => (
    <SmallNote key={surface}>{twiceWords(figure, surface, reported)}</SmallNote>
  ));
}

function twiceWords(figure: Reported['figure'], surface: string, reported: Reported['reported']): string {
  const where =
    surface === 'unknown' ? 'where a source does not say where it was' : wordsIn(SURFACE_WORDS, surface);
  const days = count(Math.max(...reported.map((one) => one.days)), 'day');
  const says = reported
    .map(({ source, events }) => `${wordsIn(SOURCE_WORDS, source)} ${count(events, FIGURE[figure])}`)
    .join(', ');
  const counted = reported
    .filter((one) => one.counted > 0)
    .map((one) => `${whole(one.counted)} of ${wordsIn(SOURCE_WORDS, one.source)} (${one.because})`)
    .join('; ');
  return `${where}, ${days} reported by several sources: ${says}. Counted once: ${counted}. The first source known to be complete for a day is used; if none is, the one that reports most.`;
}
