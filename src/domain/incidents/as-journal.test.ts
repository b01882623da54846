import { expect, it } from 'vitest';
import { asJournalEntry, type NoticeStep } from './as-journal.ts';

const listed = (notice: Partial<NoticeStep> | null, more: object = {}) =>
  asJournalEntry({
    number: 7,
    plan: { id: 'personal_upload', steps: [] },
    noticedOn: '2026-11-01',
    closedOn: '2026-11-05',
    notice: notice === null ? null : { state: 'done', answers: {}, entries: [], isNone: false, ...notice },
    ...more,
  });

it('is listed with its days and the type of the journal', () => {
  expect(listed(null)).toEqual({
    id: 'INC-0007',
    type: 'data_upload',
    opened: '2026-11-01',
    closed: '2026-11-05',
    stepsDone: true,
    membersNotified: 'not_needed',
  });
  const open = listed(null, { closedOn: null, plan: { id: 'mass_export', steps: [] } });
  expect(open).toMatchObject({ type: 'other' });
  expect(open).not.toHaveProperty('closed');
  expect(open).not.toHaveProperty('stepsDone');
});

const sent = { decision: 'notify', sent: '2026-11-04' };
it.each([
  ['left out with a second person', { state: 'left_out' }, 'not_needed'],
  ['not done', { state: 'open' }, 'open'],
  ['nothing of members left', { answers: { reached: 'no' } }, 'not_needed'],
  ['reached, and nothing decided', { answers: { reached: 'yes' } }, 'open'],
  ['stated that no jurisdiction is concerned', { answers: { reached: 'yes' }, isNone: true }, 'not_needed'],
  ['not required anywhere', { entries: [{ decision: 'not_required' }] }, 'not_needed'],
  ['sent everywhere', { entries: [sent, { decision: 'not_required' }] }, 'yes'],
  ['sent in one place and not in another', { entries: [sent, { decision: 'notify' }] }, 'open'],
  ['counsel is deciding', { entries: [sent, { decision: 'with_counsel' }] }, 'open'],
] as const)('members: %s', (_, notice, says) => {
  expect(listed(notice).membersNotified).toBe(says);
});
