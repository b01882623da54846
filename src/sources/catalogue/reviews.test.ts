import { describe, expect, test } from 'vitest';
import { REVIEW_FACTS, type ReviewItem } from '#domain/model/review.ts';
import { STATES, type State, type Verdict } from '#domain/model/verdict.ts';
import { changesSince, coveredAreas, gapsOf, markOf, refusal } from '#domain/reviews/check.ts';
import { readItem } from '#domain/reviews/signals.ts';
import type { ItemRead, ReviewAnswer, ReviewFacts } from '#domain/reviews/types.ts';
import { sharedCatalogue } from './testing/shared.ts';

const TODAY = '2026-11-24';
const FROM = '2026-10-24';
const catalogue = sharedCatalogue();
const items = catalogue.reviews.reviews.flatMap(({ kind, items }) =>
  items.map((item) => [`${kind} ${item.id}`, item] as const),
);

function verdict(control: string, state: State, keys: readonly string[] = []): Verdict {
  return {
    control,
    version: 1,
    state,
    code: 'test',
    params: {},
    reason: `It is ${state}.`,
    items: keys.map((key) => ({ key, label: key, detail: 'It is listed.', evidence: [] })),
    evidence: [{ kind: 'members', file: 'members.csv', observedOn: '2026-11-20', says: 'rows' }],
    asks: [],
    question: null,
    due: null,
    goodUntil: null,
    rule: null,
    exception: null,
    tried: [],
  };
}

/** Everything was read, and nothing stands out. */
const CLEAR: ReviewFacts = {
  today: TODAY,
  from: FROM,
  verdicts: new Map(catalogue.controls.map(({ id }) => [id, verdict(id, 'pass')])),
  titles: new Map(catalogue.controls.map(({ id, title }) => [id, title])),
  people: { membersOn: '2026-11-20', blocked: null, leavers: [] },
  accounts: { reportOn: '2026-11-20', gap: null, open: [] },
  log: { calls: 10, unknown: 0, writes: [], events: true },
  alerts: [],
};
const account = { key: 'pat@alder.example.org', name: 'Pat', listedFrom: FROM, usedForWork: false };

/** An item with nothing but one list. */
const only = (signal: string): ReviewItem => ({
  id: 'one',
  area: 'usage',
  title: 'One',
  question: 'Is it?',
  rule: 'It is.',
  guide: ['G5.5-01'],
  escalates: [signal],
  also: [],
  needs: [],
});
const stateOf = (signal: string, facts: Partial<ReviewFacts>) =>
  readItem(only(signal), { ...CLEAR, ...facts }).state;

describe.each(items)('%s', (_, item) => {
  test('is clear only where all that escalates was read and nothing meets the rule', () => {
    expect(readItem(item, CLEAR).state).toBe('clear');
    for (const signal of item.escalates.filter((one) => one.startsWith('CLA-')))
      for (const state of STATES) {
        const verdicts = new Map([...CLEAR.verdicts, [signal, verdict(signal, state, ['a'])]]);
        const expected = {
          fail: 'met',
          pass: 'clear',
          accepted: 'clear',
          not_applicable: item.escalates.length === 1 ? 'none' : 'clear',
        }[state as 'fail'];
        expect([signal, state, readItem(item, { ...CLEAR, verdicts }).state]).toEqual([
          signal,
          state,
          expected ?? 'unread',
        ]);
      }
  });

  test('is not clear where a control was never decided or has left the catalogue', () => {
    const [signal] = item.escalates.filter((one) => one.startsWith('CLA-'));
    if (signal === undefined) return;
    expect(readItem(item, { ...CLEAR, verdicts: new Map() }).state).toBe('unread');
    expect(readItem(item, { ...CLEAR, titles: new Map() }).state).toBe('unread');
  });
});

test('every list is used by an item', () => {
  const used = new Set(items.flatMap(([, { escalates, also }]) => [...escalates, ...also]));
  expect(REVIEW_FACTS.filter((one) => !used.has(one))).toEqual([]);
});

describe('lists', () => {
  const leaver = { key: 'tobin@alder.example.org', name: 'Tobin', lastDay: '2026-11-23' };
  test('one leaver with a seat meets the rule; none needs a comparison to be shown', () => {
    const people = CLEAR.people;
    expect(stateOf('leavers', { people })).toBe('clear');
    expect(stateOf('leavers', { people: { ...people, leavers: [leaver] } })).toBe('met');
    expect(stateOf('leavers', { people: { ...people, membersOn: null } })).toBe('unread');
    expect(stateOf('leavers', { people: { ...people, blocked: 'There is no roster.' } })).toBe('unread');
    const [signal] = readItem(only('leavers'), {
      ...CLEAR,
      people: { ...people, leavers: [leaver] },
    }).signals;
    expect(signal?.entries[0]?.detail).toBe('Left on 23 Nov 2026; the seat was kept 1 day.');
  });

  test.each([
    ['2026-10-23', 'clear'],
    ['2026-10-24', 'met'],
    ['2026-10-25', 'met'],
  ])('an account first listed on %s is %s where the review begins on 24 Oct', (listedFrom, state) => {
    const accounts = { ...CLEAR.accounts, open: [{ ...account, listedFrom }] };
    expect(stateOf('new_accounts', { accounts })).toBe(state);
  });

  test.each([
    ['2026-10-23', 'unread'],
    ['2026-10-24', 'clear'],
    [null, 'unread'],
  ])('with a report of %s, that no account is new is %s', (reportOn, state) => {
    expect(stateOf('new_accounts', { accounts: { ...CLEAR.accounts, reportOn } })).toBe(state);
    expect(stateOf('work_accounts', { accounts: { ...CLEAR.accounts, reportOn } })).toBe(state);
  });

  test.each([
    [true, 'met'],
    [false, 'clear'],
    [null, 'unread'],
  ])('an open account of which work use is %s is %s', (usedForWork, state) => {
    const accounts = { ...CLEAR.accounts, open: [{ ...account, usedForWork }] };
    expect(stateOf('work_accounts', { accounts })).toBe(state);
  });

  test('one write call meets the rule; no reported call is not none', () => {
    const write = { connector: 'Gmail', tool: 'send', person: 'ann', calls: 1, lastOn: TODAY };
    const { log } = CLEAR;
    expect(stateOf('write_calls', { log: { ...log, writes: [write] } })).toBe('met');
    expect(stateOf('write_calls', { log })).toBe('clear');
    expect(stateOf('write_calls', { log: { ...log, unknown: 1 } })).toBe('unread');
    expect(stateOf('write_calls', { log: { ...log, calls: 0 } })).toBe('unread');
  });

  test('one open alert meets the rule; none where nothing was reported is not none', () => {
    const alert = { key: 'a', title: 'Bulk upload', level: 'high' as const, alerts: 1 };
    expect(stateOf('open_alerts', { alerts: [alert] })).toBe('met');
    expect(stateOf('open_alerts', {})).toBe('clear');
    expect(stateOf('open_alerts', { log: { ...CLEAR.log, events: false } })).toBe('unread');
  });
});

describe('before sign-off', () => {
  const item = only('leavers');
  const met = readItem(item, {
    ...CLEAR,
    people: { ...CLEAR.people, leavers: [{ key: 'tobin', name: 'Tobin', lastDay: null }] },
  });
  const clear = readItem(item, CLEAR);
  const unread = readItem(item, { ...CLEAR, people: { ...CLEAR.people, membersOn: null } });
  const said: ReviewAnswer = {
    item: 'one',
    answer: 'fine',
    note: null,
    owner: null,
    day: null,
    seen: ['leavers tobin'],
    explained: [],
  };
  const codes = (read: ItemRead, answer: Partial<ReviewAnswer> | null, oldAfterDays = 31) =>
    gapsOf({
      items: [item],
      reads: [read],
      answers: answer === null ? [] : [{ ...said, ...answer }],
      today: TODAY,
      oldAfterDays,
    }).map(({ code, blocks }) => `${code}${blocks ? '!' : ''}`);

  test('names what is missing, and whether the review can be signed with it', () => {
    expect(codes(clear, null)).toEqual(['unanswered!']);
    expect(codes(clear, { answer: 'later' })).toEqual(['unanswered!']);
    expect(codes(clear, {})).toEqual([]);
    expect(codes(met, { note: 'On leave.' })).toEqual(['accepted_without_end!']);
    expect(codes(met, { note: 'On leave.', day: '2026-11-23' })).toEqual(['day_passed!']);
    expect(codes(met, { note: 'On leave.', day: TODAY })).toEqual([]);
    expect(codes(met, { day: TODAY })).toEqual(['needs_note!']);
    expect(codes(met, { answer: 'flag' })).toEqual(['flag_without_owner!']);
    expect(codes(met, { answer: 'flag', owner: 'Ana' })).toEqual([]);
    expect(codes(met, { answer: 'flag', owner: 'Ana', seen: [] })).toEqual(['appeared!']);
    expect(codes(unread, { note: 'Looked myself.' })).toEqual(['unread']);
    expect(codes(unread, { answer: 'not_reviewed', note: 'No file.' })).toEqual(['not_reviewed']);
  });

  test.each([
    [3, ['old_reading']],
    [4, []],
    [5, []],
  ])('a reading of four days ago is old after %i days: %j', (oldAfterDays, expected) => {
    expect(codes(clear, {}, oldAfterDays)).toEqual(expected);
  });

  test('fine needs a note where it goes beyond what was read, and the reading that the item asks for', () => {
    expect(refusal(clear, 'fine', null)).toBeNull();
    expect(refusal(met, 'fine', null)).toEqual({ code: 'needs_note' });
    expect(refusal(unread, 'fine', null)).toEqual({ code: 'needs_note' });
    expect(refusal(unread, 'fine', 'Looked.')).toBeNull();
    const asks = { ...clear, missing: ['members' as const] };
    expect(refusal(asks, 'fine', 'Looked.')).toEqual({ code: 'needs_reading', needs: ['members'] });
    expect(refusal(asks, 'not_reviewed', 'No file.')).toBeNull();
  });

  test('an area is covered where its item was answered and its reading is there', () => {
    const covered = (read: ItemRead, answer: ReviewAnswer['answer']) =>
      coveredAreas([item], [read], [{ ...said, answer }]);
    expect(covered(clear, 'fine')).toEqual(['usage']);
    expect(covered(met, 'flag')).toEqual(['usage']);
    expect(covered(clear, 'not_reviewed')).toEqual([]);
    expect(covered(clear, 'later')).toEqual([]);
    expect(covered({ ...clear, missing: ['members'] }, 'flag')).toEqual([]);
  });

  test('each line that meets the rule is explained or escalated, and a new one is neither', () => {
    const mark = (part: Partial<ReviewAnswer>, key = 'tobin') => markOf('leavers', key, { ...said, ...part });
    expect(mark({})).toBe('explained');
    expect(mark({ answer: 'flag' })).toBe('escalated');
    expect(mark({ answer: 'flag', explained: ['leavers tobin'] })).toBe('explained');
    expect(mark({ answer: 'flag' }, 'wren')).toBeNull();
    expect(mark({ answer: 'later' })).toBeNull();
    expect(markOf('leavers', 'tobin', undefined)).toBeNull();
  });

  test('says what came and what went since the last review', () => {
    expect(changesSince(met, [])).toBeNull();
    expect(changesSince(met, [clear])).toMatchObject([{ appeared: ['Tobin'], gone: [] }]);
    expect(changesSince(clear, [met])).toMatchObject([{ appeared: [], gone: ['Tobin'] }]);
    expect(changesSince(met, [met])).toEqual([]);
  });
});
// Guide: G5.5-01 G5.5-02 G5.5-03 G5.5-04 G5.5-05 G7.1-01 G7.1-02 G7.1-03 G7.1-04 G7.1-07 G7.1-08
