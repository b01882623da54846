import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anActivity } from '../activity/testing.ts';
import { cidrTest } from './cidr.ts';
import { compileRule } from './compile.ts';
import { History } from './detect.ts';
import { NOTHING_KNOWN } from './enrich.ts';
import { byTime, hotMatches, type Match } from './hot.ts';
import { SigmaError } from './modifiers.ts';
import { DetectionPack } from './pack.ts';
import { joinRuns } from './runs.ts';
import { type Correlation, type Detection, detectionSchema, type SigmaRule } from './sigma.ts';

const COMMON = {
  title: 'A rule',
  id: '0748246f-2d89-401e-8bba-4cbb612ffe72',
  status: 'test',
  description: 'For a test.',
  author: 'Bylaw',
  date: '2026-11-26',
  level: 'low',
  falsepositives: ['None.'],
  bylaw: {
    id: 'CLA-DET-01',
    message: '{who}.',
    needs: { sources: ['otlp'] },
    blind: 'Nothing.',
  },
};

function rule(detection: object, more: object = {}): SigmaRule {
  return detectionSchema.parse({
    ...COMMON,
    ...more,
    logsource: { product: 'claude' },
    detection,
  }) as SigmaRule;
}
function matches(detection: object, change: Parameters<typeof anActivity>[0] = {}): boolean {
  return compileRule(rule(detection)).test({ activity: anActivity(change), bylaw: NOTHING_KNOWN });
}
const field = (map: object, detail: Record<string, unknown>) =>
  matches({ selection: map, condition: 'selection' }, { detail });

describe('matching a field', () => {
  it.each([
    [{ a: 'Word' }, { a: 'wORD' }, true],
    [{ a: 'w*d' }, { a: 'a word' }, false],
    [{ a: 'w?rd' }, { a: 'WARD' }, true],
    [{ a: 'w\\*' }, { a: 'w*' }, true],
    [{ a: 'w\\*' }, { a: 'wx' }, false],
    [{ 'a|cased': 'Word' }, { a: 'word' }, false],
    [{ 'a|contains': 'b.c' }, { a: 'abbc' }, false],
    [{ 'a|contains': ['x', 'b'] }, { a: 'abc' }, true],
    [{ 'a|contains|all': ['a', 'x'] }, { a: 'abc' }, false],
    [{ 'a|startswith': 'ab' }, { a: 'ABC' }, true],
    [{ 'a|endswith': 'ab' }, { a: 'abc' }, false],
    [{ 'a|re': '^b[0-9]+$' }, { a: 'b12' }, true],
    [{ 'a|re': '^B' }, { a: 'b' }, false],
    [{ 'a|re|i': '^B' }, { a: 'b' }, true],
    [{ 'a|cidr': '203.0.113.0/24' }, { a: '203.0.113.77' }, true],
    [{ 'a|cidr': '203.0.113.0/24' }, { a: '203.0.114.77' }, false],
    [{ 'a|exists': true }, { a: null }, true],
    [{ 'a|exists': true }, {}, false],
    [{ 'a|exists': false }, {}, true],
    [{ 'a|gte': 5 }, { a: '5' }, true],
    [{ 'a|gt': 5 }, { a: 5 }, false],
    [{ 'a|lt': 5 }, { a: '' }, false],
    [{ 'a|windash|contains': ' -f' }, { a: 'x /f' }, true],
    [{ a: null }, {}, true],
    [{ a: null }, { a: 0 }, false],
    [{ a: true }, { a: 'true' }, true],
    [{ a: [1, 2] }, { a: 2 }, true],
    [{ 'a.b': 'x' }, { a: [{ b: 'y' }, { b: 'x' }] }, true],
    [{ 'a.b': 'x' }, { 'a.b': 'x' }, true],
    [{ 'a.b': 'x' }, { a: 'x' }, false],
    [{ enabled: false }, { is_enabled: false }, true],
    [{ is_enabled: false }, { enabled: false }, true],
    [{ enabled: false }, { enabled: true, is_enabled: false }, false],
    [{ enabled: null }, { is_enabled: false }, false],
  ])('%j in %j: %s', (map, detail, expected) => expect(field(map, detail)).toBe(expected));

  it('reads addresses of both kinds', () => {
    expect(cidrTest('2001:db8::/32')?.('2001:db8:1::5')).toBe(true);
    expect(cidrTest('2001:db8::/32')?.('2001:db9::5')).toBe(false);
    expect(cidrTest('::ffff:0:0/96')?.('::ffff:203.0.113.9')).toBe(true);
    expect(cidrTest('203.0.113.0/24')?.('::ffff:203.0.113.9')).toBe(true);
    for (const wrong of ['nonsense', '203.0.113.0/', '203.0.113.0/33', '203.0.113.0/x', '203.0.113.7/24'])
      expect(cidrTest(wrong)).toBeNull();
  });
});

describe('a condition', () => {
  const three = { a1: { type: 'tool_result' }, a2: { tool: 'nothing' }, b: { effect: 'read' } };
  it.each([
    ['a1 and not a2', true],
    ['a2 or a1 and b', true],
    ['(a2 or a1) and not b', false],
    ['1 of a*', true],
    ['all of a*', false],
    ['1 of them and not all of them', true],
    ['not (a1 and b)', false],
  ])('%s: %s', (condition, expected) => expect(matches({ ...three, condition })).toBe(expected));

  it.each(['a1 and', 'a1 b', '(a1', 'c', '1 of c*', ''])(
    'is refused with an explanation: "%s"',
    (condition) => {
      expect(() => compileRule(rule({ ...three, condition: condition === '' ? 'and' : condition }))).toThrow(
        SigmaError,
      );
    },
  );

  it('is indexed by the types that it requires, and by none that are optional', () => {
    const of = (condition: string) => compileRule(rule({ ...three, condition }));
    expect([...(of('a1 and not a2').types ?? [])]).toEqual(['tool_result']);
    expect(of('a1 or a2').types).toBeNull();
    expect(of('not a1').types).toBeNull();
  });
});

const BASE = rule(
  { selection: { category: 'tool_call' }, condition: 'selection' },
  { name: 'base', bylaw: { ...COMMON.bylaw, id: 'CLA-DET-90', alerts: false, group: [] } },
);
function correlate(correlation: object, bylaw: object = {}): Detection {
  return detectionSchema.parse({
    ...COMMON,
    id: '1748246f-2d89-401e-8bba-4cbb612ffe72',
    correlation,
    bylaw: { ...COMMON.bylaw, ...bylaw },
  });
}
const COUNT = {
  type: 'event_count',
  rules: ['base'],
  'group-by': ['person'],
  timespan: '10m',
  condition: { gte: 3 },
};

describe('a correlation', () => {
  it('marks matches in a window that meets the condition, both ends included', () => {
    const correlation = (correlate(COUNT) as { correlation: Correlation }).correlation;
    const at = (...minutes: number[]): Match[] =>
      minutes.map((m) => ({ at: m * 60_000, activity: `${m}`, base: 0, value: null }));
    expect(hotMatches(correlation, at(0, 5, 10, 30))).toEqual([true, true, true, false]);
    expect(hotMatches(correlation, at(0, 5, 10.001, 30))).toEqual([false, false, false, false]);
    expect(hotMatches({ ...correlation, condition: { eq: 2 } }, at(0, 5, 30))).toEqual([true, true, false]);
    expect(hotMatches({ ...correlation, condition: { lt: 2 } }, at(0, 1, 30))).toEqual([false, true, true]);
  });

  it('refuses an invalid definition', () => {
    const wrong = [
      { ...COUNT, condition: undefined },
      { ...COUNT, timespan: '10' },
      { ...COUNT, type: 'value_count' },
      { ...COUNT, type: 'temporal', condition: undefined },
    ];
    for (const correlation of wrong)
      expect(detectionSchema.safeParse({ ...COMMON, correlation }).success).toBe(false);
    expect(() => new DetectionPack([correlate({ ...COUNT, rules: ['nowhere'] })])).toThrow(/does not exist/);
  });

  it('skips events without a group, and uses an alias if a rule names the field differently', () => {
    const pack = new DetectionPack([
      BASE,
      correlate({ ...COUNT, 'group-by': ['who'], aliases: { who: { base: 'session' } } }),
    ]);
    const found = (session: string | null) =>
      pack.find({ activity: anActivity({ session }), bylaw: NOTHING_KNOWN });
    expect(found('s').map(({ group }) => group)).toEqual(['["s"]']);
    expect(found(null)).toEqual([]);
  });
});

describe('in any order', () => {
  const minute = fc.integer({ min: 0, max: 90 });
  it('windows keep marking the same matches when events are added', () => {
    const types = fc.constantFrom<object>(
      COUNT,
      { ...COUNT, type: 'value_count', condition: { gte: 3, field: 'tool' } },
      { ...COUNT, type: 'temporal', rules: ['base', 'other'], condition: undefined },
      { ...COUNT, type: 'temporal_ordered', rules: ['base', 'other'], condition: undefined },
    );
    fc.assert(
      fc.property(
        types,
        fc.array(fc.tuple(minute, fc.integer({ min: 0, max: 1 }), fc.constantFrom('x', 'y', 'z'))),
        fc.integer(),
        (type, list, cut) => {
          const { correlation } = correlate(type) as { correlation: Correlation };
          const all = list
            .map(
              ([m, base, value], n): Match => ({
                at: m * 60_000,
                activity: `e${n}`,
                base: correlation.rules.length > 1 ? base : 0,
                value,
              }),
            )
            .sort(byTime);
          const lit = (some: readonly Match[]) =>
            new Set(some.filter((_one, n) => hotMatches(correlation, some)[n]));
          const some = all.filter((_one, n) => (n + cut) % 3 !== 0);
          for (const one of lit(some)) expect(lit(all).has(one)).toBe(true);
        },
      ),
    );
  });

  it('runs are the same however the events are split', () => {
    const points = fc.array(
      minute.map((m) => ({ first: m, last: m, count: 1 })),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        points,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 5 }),
        (all, quiet, parts) => {
          const whole = joinRuns(all, quiet).map(({ run }) => run);
          let pieces: { first: number; last: number; count: number }[] = [];
          for (let part = 0; part < parts; part += 1)
            pieces = joinRuns([...pieces, ...all.filter((_p, n) => n % parts === part)], quiet).map(
              ({ run }) => run,
            );
          expect(pieces).toEqual(whole);
        },
      ),
    );
  });

  it('a history gives the same alerts', () => {
    const pack = new DetectionPack([BASE, correlate(COUNT)]);
    const activities = fc
      .array(fc.tuple(minute, fc.constantFrom('a@x.org', 'b@x.org')), { maxLength: 40 })
      .map((list) =>
        list.map(([m, person], n) =>
          anActivity({ id: `e${n}`, person, at: new Date(Date.UTC(2026, 10, 20, 9, m)).toISOString() }),
        ),
      );
    fc.assert(
      fc.property(
        activities.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const alerts = (list: typeof all) => {
            const history = new History(pack);
            for (const activity of list) history.add({ activity, bylaw: NOTHING_KNOWN });
            return history.alerts();
          };
          const key = (alert: { detection: string; group: string; first: number }) =>
            `${alert.first} ${alert.group}`;
          expect(alerts(shuffled).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(
            alerts(all).toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
          );
        },
      ),
    );
  });
});
