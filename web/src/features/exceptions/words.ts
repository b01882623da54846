import { EXCEPTION_STATE_WORDS } from '../../../../src/domain/labels.ts';
import type { client as calls } from '../../api.ts';

type List = Awaited<ReturnType<typeof calls.exceptions.list>>;
export type Exception = List['items'][number];
export type ExceptionState = Exception['state'];

export const STATES = [
  'requested',
  'ending_soon',
  'in_force',
  'not_yet',
  'ended',
  'refused',
] as const satisfies readonly ExceptionState[];

export const STATE_WORDS: Readonly<Record<ExceptionState, string>> = EXCEPTION_STATE_WORDS;

export const GROUPS = STATES.map((key) => ({ key, label: STATE_WORDS[key] }));

/** What it covers, in a few words. */
export function coversText({ items }: Pick<Exception, 'items'>): string {
  if (items === null) return 'The whole control';
  const [first, ...more] = items;
  if (first === undefined) return 'Nothing';
  return more.length === 0 ? first.label : `${first.label} and ${more.length} more`;
}

export function daysLeftText({ daysLeft, state }: Pick<Exception, 'daysLeft' | 'state'>): string | null {
  if (state === 'ended' || state === 'refused' || daysLeft < 0) return null;
  if (daysLeft === 0) return 'ends today';
  return daysLeft === 1 ? '1 day left' : `${daysLeft} days left`;
}
