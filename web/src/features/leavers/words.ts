import { dayWords } from '../../../../src/domain/text/words.ts';
import type { client as calls } from '../../api.ts';
import type { VerdictState } from '../../theme/tokens.ts';

export type LeaverList = Awaited<ReturnType<typeof calls.leavers.list>>;
export type Leaver = LeaverList['items'][number];

/** How each state is drawn. Only a members file shows that a seat is gone, so only that is drawn as a pass. */
export const STATE_SHAPES: Readonly<Record<Leaver['state'], VerdictState>> = {
  not_started: 'fail',
  overdue: 'fail',
  contradicted: 'fail',
  open: 'pending',
  claimed: 'cannot_read',
  gone: 'pass',
};

/** Whether someone still has to remove the seat. */
export function isToRemove({ state }: Leaver): boolean {
  return state !== 'gone' && state !== 'claimed';
}

/** The seats to be removed as plain text, for whoever removes them. */
export function removalList(client: string, leavers: readonly Leaver[]): string {
  return [
    `Seats to remove from Claude: ${client}`,
    ...leavers.map(({ name, address, seat, lastDay }) =>
      [
        `${name} <${address}>`,
        ...(seat === null ? [] : [`seat ${seat}`]),
        lastDay === null ? 'last day not known' : `last day ${dayWords(lastDay)}`,
      ].join(', '),
    ),
  ].join('\n');
}
