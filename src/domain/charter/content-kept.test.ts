import { describe, expect, it } from 'vitest';
import { type CaughtText, caughtText, MAX_TEXT } from '../activity/text.ts';
import { type Charter, charterSchema } from '../model/charter.ts';
import { contentLacks, contentPeriodAt, contentPeriods, textsToKeep } from './content-kept.ts';

const WHOLE = {
  contentAccess: { allowed: true, approvers: ['Renata Osei', 'Legal counsel'] },
  contentKept: {
    of: ['messages'],
    from: ['cowork'],
    purpose: 'An investigation',
    days: 14,
    until: '2026-11-30',
    approvedBy: ['Renata Osei', 'Legal counsel'],
  },
  policy: { version: '2', published: '2026-11-10', noticeCovers: ['usage', 'Content of conversations'] },
};
const charter = (more: object = {}): Charter => charterSchema.parse({ ...WHOLE, ...more });
const startOf = (day: string, plus: number) => new Date(Date.parse(`${day}T00:00:00Z`) + plus * 86_400_000);
const version = (value: Charter, from: string, to: string | null = null, number = 1) => ({
  version: number,
  charter: value,
  from: new Date(from),
  to: to === null ? null : new Date(to),
});

describe('what a charter lacks before text may be kept', () => {
  it('is nothing if two approved it, two agree to each reading and staff were told', () => {
    expect(contentLacks(charter())).toEqual([]);
  });
  it.each([
    ['reading is not allowed', { contentAccess: { allowed: false } }, 2],
    ['no one said whether reading is allowed', { contentAccess: undefined }, 2],
    ['one person is named twice', { contentAccess: { allowed: true, approvers: ['Kim', ' kim '] } }, 1],
    [
      'one person is named by name and by address',
      { contentAccess: { allowed: true, approvers: ['Osei, Renata', 'renata.osei@alder.example.org'] } },
      1,
    ],
    [
      'no one is named beside one',
      { contentAccess: { allowed: true, approvers: ['Renata Osei', 'TBD'] } },
      1,
    ],
    ['one person alone approved it', { contentKept: { ...WHOLE.contentKept, approvedBy: ['Kim'] } }, 1],
    [
      'the notice names message counts only',
      { policy: { ...WHOLE.policy, noticeCovers: ['message counts'] } },
      1,
    ],
    ['there is no notice', { policy: undefined }, 2],
  ])('is reported if %s', (_what, more, lacks) => {
    expect(contentLacks(charter(more))).toHaveLength(lacks);
    expect(contentPeriods([version(charter(more), '2026-11-01T00:00:00Z')], startOf)).toEqual([]);
  });
  it('is nothing if no text is to be kept', () => {
    expect(contentLacks(charter({ contentKept: undefined, contentAccess: undefined }))).toEqual([]);
  });
});

describe('the time in which text may be kept', () => {
  const periods = (from: string, to: string | null = null) =>
    contentPeriods([version(charter(), from, to)], startOf).map((one) => [one.from, one.to]);
  it('begins with the version or the notice, whichever is later, and ends with the last day', () => {
    expect(periods('2026-11-01T12:00:00Z')).toEqual([
      ['2026-11-10T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ]);
    expect(periods('2026-11-12T12:00:00Z')).toEqual([
      ['2026-11-12T12:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ]);
  });
  it('ends with the version that allows it', () => {
    expect(periods('2026-11-12T12:00:00Z', '2026-11-13T08:00:00Z')).toEqual([
      ['2026-11-12T12:00:00.000Z', '2026-11-13T08:00:00.000Z'],
    ]);
    expect(periods('2026-12-02T00:00:00Z')).toEqual([]);
  });
  it('is that of the version in force when it happened', () => {
    const all = contentPeriods(
      [
        version(charter(), '2026-11-12T12:00:00Z', '2026-11-14T00:00:00Z', 1),
        version(charter({ contentKept: undefined }), '2026-11-14T00:00:00Z', '2026-11-16T00:00:00Z', 2),
        version(charter(), '2026-11-16T00:00:00Z', null, 3),
      ],
      startOf,
    );
    const at = (instant: string) => contentPeriodAt(all, instant)?.version ?? null;
    expect([
      at('2026-11-12T11:59:59.999Z'),
      at('2026-11-12T12:00:00.000Z'),
      at('2026-11-13T23:59:59.999Z'),
      at('2026-11-15T00:00:00.000Z'),
      at('2026-11-30T23:59:59.999Z'),
      at('2026-12-01T00:00:00.000Z'),
    ]).toEqual([null, 1, 1, null, 3, null]);
  });
});

describe('the texts of an event', () => {
  const all = contentPeriods([version(charter(), '2026-11-12T00:00:00Z')], startOf);
  const caught: CaughtText[] = [caughtText('prompt', 'a'), caughtText('tool_input', 'b')];
  const now = new Date('2026-11-24T00:00:00Z');
  const keep = (at: string, source: 'cowork' | 'claude_code' = 'cowork', claimedAt: string | null = null) =>
    textsToKeep({ at, claimedAt, id: 'one', person: null }, source, caught, all, now).map(
      ({ part, keepUntil }) => [part, keepUntil],
    );
  it('are kept if their kind and source are named, counted in days from the event', () => {
    expect(keep('2026-11-20T10:00:00.000Z')).toEqual([['prompt', '2026-12-04T10:00:00.000Z']]);
  });
  it('are not kept from another source or from another time', () => {
    expect(keep('2026-11-20T10:00:00.000Z', 'claude_code')).toEqual([]);
    expect(keep('2026-11-11T10:00:00.000Z')).toEqual([]);
  });
  it('are not kept if the time of the event is unknown', () => {
    expect(keep('2026-11-20T10:00:00.000Z', 'cowork', '1970-01-01T00:00:00Z')).toEqual([]);
  });
  it('are not kept if their days are over on arrival', () => {
    const late = new Date('2026-11-26T10:00:00.000Z');
    expect(
      textsToKeep(
        { at: '2026-11-12T10:00:00.000Z', claimedAt: null, id: 'one', person: null },
        'cowork',
        caught,
        all,
        late,
      ),
    ).toEqual([]);
  });
  it('are truncated and state their original length', () => {
    const long = caughtText('prompt', `${'x'.repeat(MAX_TEXT - 1)}\u{1f600}`);
    expect(long.characters).toBe(MAX_TEXT + 1);
    expect(long.text).toHaveLength(MAX_TEXT);
    expect(long.text.isWellFormed()).toBe(true);
  });
});
// Guide: G5.2-04 G8-14
