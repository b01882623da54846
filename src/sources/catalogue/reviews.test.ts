import { describe, expect, test } from 'vitest';
import { REVIEW_FACTS, type ReviewItem } from '#domain/model/review.ts';
import { STATES, type State, type Verdict } from '#domain/model/verdict.ts';
import { changesSince, coveredAreas, gapsOf, markOf, refusal } from '#domain/reviews/check.ts';
import { readItem } from '#domain/reviews/signals.ts';
import type { ItemRead, ReviewAnswer, ReviewFacts } from '#domain/reviews/types.ts';
import { usageOutliers } from '#domain/rules/visibility/usage-outliers.ts';
import { reading, runRule } from '#domain/testing/build.ts';
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
  people: { membersOn: '2026-11-20', blocked: null, leavers: [], matched: 3, unmatched: [] },
  accounts: { reportOn: '2026-11-20', gap: null, open: [] },
  log: { calls: 10, unknown: 0, writes: [], events: true },
  alerts: [],
  settled: [],
  defender: { readOn: '2026-11-20', why: null, lines: [] },
  connectors: {
    observedOn: '2026-11-20',
    why: null,
    lines: [],
    agent: null,
    actions: [
      {
        key: 'gmail/send',
        label: 'Gmail: send',
        approved: 'Blocked',
        observed: 'Blocked',
        on: '2026-11-20',
        wider: false,
      },
    ],
  },
  changes: { readOn: '2026-11-20', why: null, lines: [] },
  scopes: { readOn: '2026-11-20', why: null, lines: [], consent: null, earlier: null },
  exceptions: [],
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
  const leaver = {
    key: 'tobin@alder.example.org',
    name: 'Tobin',
    lastDay: '2026-11-23',
    from: 'roster' as const,
  };
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
    expect(signal?.entries[0]?.detail).toBe('Left on Nov 23, 2026; the seat was kept 1 day.');
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
    const write = {
      connector: 'gmail',
      name: 'Gmail',
      tool: 'send',
      person: 'ann',
      calls: 1,
      lastOn: TODAY,
    };
    const { log } = CLEAR;
    expect(stateOf('write_calls', { log: { ...log, writes: [write] } })).toBe('met');
    expect(stateOf('write_calls', { log })).toBe('clear');
    expect(stateOf('write_calls', { log: { ...log, unknown: 1 } })).toBe('unread');
    expect(stateOf('write_calls', { log: { ...log, calls: 0 } })).toBe('unread');
  });

  test('one open alert meets the rule; none where nothing was reported is not none', () => {
    const alert = { key: 'a', title: 'Bulk upload', level: 'high' as const, alerts: 1, guide: [] };
    expect(stateOf('open_alerts', { alerts: [alert] })).toBe('met');
    expect(stateOf('open_alerts', {})).toBe('clear');
    expect(stateOf('open_alerts', { log: { ...CLEAR.log, events: false } })).toBe('unread');
  });
});

/** A number of lines of each kind, everything else being clear. */
const leaversOf = (n: number): Partial<ReviewFacts> => ({
  people: {
    ...CLEAR.people,
    leavers: Array.from({ length: n }, (_, at) => ({
      key: `p${at}`,
      name: `P${at}`,
      lastDay: null,
      from: 'roster' as const,
    })),
  },
});
const alertsOf = (n: number, guide: readonly string[]): Partial<ReviewFacts> => ({
  alerts: Array.from({ length: n }, (_, at) => ({
    key: `a${at}`,
    title: 'Alert',
    level: 'high' as const,
    alerts: 1,
    guide,
  })),
});
const openAccounts = (days: readonly string[], usedForWork: boolean): Partial<ReviewFacts> => ({
  accounts: {
    ...CLEAR.accounts,
    open: days.map((listedFrom) => ({ ...account, listedFrom, usedForWork })),
  },
});
const itemsOf = (control: string, n: number): Partial<ReviewFacts> => ({
  verdicts: new Map([
    ...CLEAR.verdicts,
    [
      control,
      verdict(
        control,
        n === 0 ? 'pass' : 'fail',
        Array.from({ length: n }, (_, at) => `x${at}`),
      ),
    ],
  ]),
});
/** Nine people with ten messages each, and one with so many: five times the average is 90. CLA-VIS-03 decides. */
const messagesOf = (top: number): Partial<ReviewFacts> => {
  const rows = [10, 10, 10, 10, 10, 10, 10, 10, 10, top].map((messages, at) => ({
    email: `p${at}@alder.example.org`,
    messages,
  }));
  const { state, items } = runRule(
    usageOutliers,
    { days: 30, maxAgeDays: 45, minimumDays: 7 },
    {
      readings: {
        usage: [reading('usage', rows, { covers: { from: '2026-11-01', to: '2026-11-23' } })],
      },
    },
    { freshDays: 45 },
  );
  return itemsOf('CLA-VIS-03', state === 'fail' ? items.length : state === 'pass' ? 0 : Number.NaN);
};

/** Of each row of the guide that escalates: facts below its threshold, at it, and above it. */
const THRESHOLDS: Readonly<
  Record<
    string,
    readonly [below: Partial<ReviewFacts>, at: Partial<ReviewFacts>, above: Partial<ReviewFacts>]
  >
> = {
  'G5.5-01': [messagesOf(89), messagesOf(90), messagesOf(91)],
  'G5.5-02': [itemsOf('CLA-CON-30', 0), itemsOf('CLA-CON-30', 1), itemsOf('CLA-CON-30', 2)],
  'G5.5-03': [alertsOf(0, []), alertsOf(1, []), alertsOf(2, [])],
  'G5.5-04': [
    openAccounts(['2026-10-23'], false),
    openAccounts(['2026-10-24'], false),
    openAccounts(['2026-10-24', '2026-11-01'], false),
  ],
  'G5.5-05': [leaversOf(0), leaversOf(1), leaversOf(2)],
  'G7.1-01': [itemsOf('CLA-CON-04', 0), itemsOf('CLA-CON-04', 1), itemsOf('CLA-CON-04', 2)],
  'G7.1-02': [leaversOf(0), leaversOf(1), leaversOf(2)],
  'G7.1-03': [openAccounts([FROM], false), openAccounts([FROM], true), openAccounts([FROM, FROM], true)],
  'G7.1-04': [messagesOf(89), messagesOf(90), messagesOf(91)],
  'G7.1-05': [alertsOf(0, ['G7.1-05']), alertsOf(1, ['G7.1-05']), alertsOf(2, ['G7.1-05'])],
  'G7.1-06': [alertsOf(1, ['G5.5-03']), alertsOf(1, ['G7.1-06']), alertsOf(2, ['G7.1-06'])],
  'G7.1-07': [itemsOf('CLA-CON-14', 0), itemsOf('CLA-CON-14', 1), itemsOf('CLA-CON-14', 2)],
  'G7.1-08': [itemsOf('CLA-M365-06', 0), itemsOf('CLA-M365-06', 1), itemsOf('CLA-M365-06', 2)],
};
/** "More than" five times: what is exactly at the limit does not meet the rule. */
const MORE_THAN: ReadonlySet<string> = new Set(['G5.5-01', 'G7.1-04']);

describe('the escalation rule of each row of the guide', () => {
  const rows = items.flatMap(([, item]) => item.guide.map((row) => [row, item] as const));
  test('is tried for every row that a review asks about', () => {
    expect(Object.keys(THRESHOLDS).sort()).toEqual(rows.map(([row]) => row).sort());
  });

  test.each(rows)('%s is not met below its threshold and met above it', (row, item) => {
    const [below, at, above] = (THRESHOLDS[row] ?? []).map(
      (facts) => readItem(item, { ...CLEAR, ...facts }).state,
    );
    expect([row, below, at, above]).toEqual([row, 'clear', MORE_THAN.has(row) ? 'clear' : 'met', 'met']);
  });
});

describe('lists that are decided or only read', () => {
  const line = {
    key: 'gmail',
    name: 'Gmail',
    approved: true,
    enabled: true,
    lastUsed: null,
    actions: 2,
    wider: 1,
    unconfirmed: 0,
    prerequisite: null,
  };
  const connectors = { ...CLEAR.connectors, lines: [line] };
  test('a connector is listed with its last call and permissions, and no verdict', () => {
    const [signal] = readItem(only('connector_list'), { ...CLEAR, connectors }).signals;
    expect([signal?.state, signal?.entries[0]?.detail]).toEqual([
      null,
      'Approved; on; no source has reported a call; 2 actions, 1 wider than approved.',
    ]);
  });

  test.each([
    [{ observed: 'Blocked', wider: false }, 'clear'],
    [{ observed: null, wider: false }, 'unread'],
    [{ observed: 'Always allow', wider: true }, 'met'],
  ])('an action observed as %j makes the list %s', (part, state) => {
    const actions = CLEAR.connectors.actions.map((one) => ({ ...one, ...part }));
    expect(stateOf('actions_confirmed', { connectors: { ...CLEAR.connectors, actions } })).toBe(state);
  });

  test('each line of a list that decides needs a decision, and one that goes a flag', () => {
    const item: ReviewItem = { ...only('leavers'), also: ['connector_list'], decides: ['connector_list'] };
    const codes = (decision: 'keep' | 'remove' | 'question' | null, answer: 'fine' | 'flag') =>
      gapsOf({
        items: [item],
        reads: [readItem(item, { ...CLEAR, connectors })],
        answers: [
          {
            item: 'one',
            answer,
            note: null,
            owner: 'Ana',
            day: null,
            seen: [],
            explained: [],
            decisions: decision === null ? [] : [{ signal: 'connector_list', key: 'gmail', decision }],
          },
        ],
        today: TODAY,
        oldAfterDays: 60,
      }).map(({ code }) => code);
    expect(codes(null, 'fine')).toEqual(['undecided']);
    expect(codes('keep', 'fine')).toEqual([]);
    expect(codes('remove', 'fine')).toEqual(['needs_flag']);
    expect(codes('question', 'flag')).toEqual([]);
  });
});

describe('before sign-off', () => {
  const item = only('leavers');
  const met = readItem(item, {
    ...CLEAR,
    people: {
      ...CLEAR.people,
      leavers: [{ key: 'tobin', name: 'Tobin', lastDay: null, from: 'roster' as const }],
    },
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
    decisions: [],
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
