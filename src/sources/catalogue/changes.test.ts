import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, fieldChanges } from '#domain/catalogue-changes/changes.ts';
import { canonical, type Entry, entriesOf, withEntries } from '#domain/catalogue-changes/entries.ts';
import { touchOf } from '#domain/catalogue-changes/touch.ts';
import { type Use, type UseContext, useOf } from '#domain/catalogue-changes/use.ts';
import { EvaluationState } from '#domain/decide/context.ts';
import { type Given, given, reading } from '#domain/testing/build.ts';
import { cases } from '#domain/testing/cases.ts';
import { sharedCatalogue } from './testing/shared.ts';

/** Which clients a change of the shipped catalogue affects. */

const catalogue = sharedCatalogue();
const entries = entriesOf(catalogue);
const NOTHING: UseContext = { states: {}, comparisons: [], quoted: [], baseline: null };

/** How a change of one entry's body affects a client; the shipped catalogue is the later one. */
function touched(
  kind: Entry['kind'],
  id: string,
  change: (body: Record<string, unknown>) => unknown,
  client: Given,
  beside: Partial<UseContext> = {},
): string | null {
  const entry = entries.find((one) => one.kind === kind && one.id === id);
  if (entry === undefined) throw new Error(`no ${kind} ${id}`);
  const before = withEntries(catalogue, [{ kind, id, body: change(entry.body as Record<string, unknown>) }]);
  const input = given({ ...client, catalogue });
  const use: Use = useOf(new EvaluationState({ ...input, catalogue: before }), new EvaluationState(input), {
    ...NOTHING,
    ...beside,
  });
  const changes = changesBetween(entriesOf(before), entries);
  const [first] = changes;
  if (first === undefined) throw new Error('nothing changed');
  return touchOf(first, use, { before, after: catalogue }, changes);
}

const team: Given = { profile: { claudePlan: 'team', m365: 'business_premium', swg: null, siem: null } };

describe('entries of a catalogue', () => {
  it('have one name each', () => {
    expect(new Set(entries.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(entries.length);
  });

  it('mean the same in any order and any spelling of the YAML', () => {
    const shuffled = (value: unknown, name = ''): fc.Arbitrary<unknown> => {
      if (Array.isArray(value)) {
        const items = fc.tuple(...value.map((item: unknown) => shuffled(item)));
        return ['checks', 'steps', 'through', 'phases', 'copies', 'sections'].includes(name)
          ? items
          : items.chain((list) => fc.shuffledSubarray(list, { minLength: list.length }));
      }
      if (typeof value === 'string')
        return fc.constantFrom(value, value.replaceAll(' ', '\n'), ` ${value}  `);
      if (typeof value !== 'object' || value === null) return fc.constant(value);
      const parts = Object.entries(value).map(([key, item]) =>
        shuffled(item, key).map((inner): [string, unknown] => [key, inner]),
      );
      return fc
        .tuple(...parts)
        .chain((list) => fc.shuffledSubarray(list, { minLength: list.length }))
        .map((list) => Object.fromEntries(list));
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...entries).chain((entry) => fc.tuple(fc.constant(entry), shuffled(entry.body))),
        ([entry, body]) => {
          expect(canonical(body)).toBe(canonical(entry.body));
          expect(changesBetween([entry], [{ ...entry, body }])).toEqual([]);
        },
      ),
      { numRuns: cases(60) },
    );
  });

  it('differ if a word, a list or the order of attempts differs', () => {
    const control = entries.find(({ id }) => id === 'CLA-ACC-02');
    const body = control?.body as { checks: unknown[]; guide: string[]; title: string };
    expect(fieldChanges(body, { ...body, title: 'Else' })).toEqual([
      { name: 'Title', before: body.title, after: 'Else' },
    ]);
    expect(fieldChanges(body, { ...body, guide: [...body.guide, 'G9-99'] })).toEqual([
      { name: 'Guide', before: null, after: 'G9-99' },
    ]);
    expect(fieldChanges(body, { ...body, checks: body.checks.toReversed() })).toHaveLength(1);
  });
});

describe('what a change touches', () => {
  it('a control: clients it applies to before or after the change, and no others', () => {
    const words = (body: Record<string, unknown>) => ({ ...body, why: 'Otherwise.' });
    const decides = (body: Record<string, unknown>) => ({ ...body, severity: 'low' });
    expect(touched('control', 'CLA-ACC-02', words, team)).toMatch(/its words changed/);
    expect(touched('control', 'CLA-ACC-02', decides, team)).toMatch(/so the verdict may change/);
    const onlyEnterprise = (body: Record<string, unknown>) => ({
      ...body,
      appliesWhen: { plan: ['enterprise'] },
    });
    expect(touched('control', 'CLA-ACC-02', onlyEnterprise, team)).toMatch(/did not apply here before/);
    expect(touched('control', 'CLA-ACC-02', () => null, team)).toMatch(/is new and applies here/);
    // There is no SIEM, so the control about it applies neither before nor after.
    expect(touched('control', 'CLA-VIS-07', words, team)).toBeNull();
  });

  it('a capability: clients that gain it, or whose verdict depends on it', () => {
    const given = (plans: readonly string[]) => (body: Record<string, unknown>) => ({
      ...body,
      grantedBy: { claudePlans: plans },
    });
    expect(touched('capability', 'claude.sso', given(['enterprise']), team)).toMatch(
      /the client lacked it and has it now/,
    );
    expect(touched('capability', 'claude.us_only_inference', given(['team']), team)).toMatch(
      /the client had it and lacks it now/,
    );
    const means = (body: Record<string, unknown>) => ({ ...body, means: 'Otherwise.' });
    expect(touched('capability', 'claude.us_only_inference', means, team)).toBeNull();
    expect(touched('capability', 'claude.admin_console', means, team)).toMatch(/rest on it here/);
  });

  it('a connector: whose charter approves it, or where it was observed', () => {
    const note = (body: Record<string, unknown>) => ({ ...body, note: 'Otherwise.' });
    const charter = { connectors: [{ name: 'Asana', actions: { '*': 'blocked' } }] };
    expect(touched('connector', 'asana', note, team)).toBeNull();
    expect(touched('connector', 'asana', note, { ...team, charter })).toBe('Its charter approves it.');
    const readings = { connectors: [reading('connectors', [{ connector: 'Asana', enabled: true }])] };
    expect(touched('connector', 'asana', note, { ...team, readings })).toBe('It was observed in Claude.');
  });

  it('a price: who reckons with it, unless their own quote counts before it', () => {
    const price = (body: Record<string, unknown>) => ({ ...body, price: null });
    const comparisons = [{ name: 'Budget', goal: null, purchases: ['m365:business_premium'] }];
    const at = (beside: Partial<UseContext>) => touched('tier', 'business_premium', price, team, beside);
    expect(at({})).toBeNull();
    expect(at({ comparisons })).toBe('The comparison “Budget” uses it.');
    expect(at({ comparisons, quoted: ['m365:business_premium'] })).toBeNull();
    const name = (body: Record<string, unknown>) => ({ ...body, name: 'Otherwise' });
    expect(touched('tier', 'business_premium', name, team)).toBe('It holds this license.');
    expect(touched('tier', 'e5', name, team)).toBeNull();
  });

  it('a task, a clause, a risk, a baseline: by what the client needs of it', () => {
    const title = (body: Record<string, unknown>) => ({ ...body, title: 'Otherwise' });
    expect(touched('task', 'deployment/invite_staff', title, team)).toBe('Its deployment needs this task.');
    expect(touched('task', 'deployment/siem_connected', title, team)).toBeNull();
    expect(touched('clause', 'purpose', title, team)).toMatch(/here\.$/);
    expect(touched('risk', 'sensitive_uploads', title, team)).toMatch(/here\.$/);
    const baseline = { shipped: 'enterprise_e5', name: 'Ours' };
    const asOf = (body: Record<string, unknown>) => ({ ...body, asOf: '2026-01-01' });
    expect(touched('baseline', 'enterprise_e5', asOf, team)).toBeNull();
    expect(touched('baseline', 'enterprise_e5', asOf, team, { baseline })).toMatch(/“Ours”/);
    expect(touched('baseline', 'team_business_premium', asOf, team, { baseline })).toBeNull();
  });

  it('a new revision of the guide: through what it says otherwise, and by itself nobody', () => {
    const earlier = { ...catalogue.guide, asOf: '2026-01' };
    const before = withEntries(catalogue, [{ kind: 'guide', id: catalogue.guide?.id ?? '', body: earlier }]);
    const more = withEntries(before, [
      {
        kind: 'control',
        id: 'CLA-ACC-02',
        body: { ...catalogue.controls.find(({ id }) => id === 'CLA-ACC-02'), guide: [] },
      },
    ]);
    const guideOf = (old: typeof before) => {
      const input = given({ ...team, catalogue });
      const use = useOf(
        new EvaluationState({ ...input, catalogue: old }),
        new EvaluationState(input),
        NOTHING,
      );
      const changes = changesBetween(entriesOf(old), entries);
      const guide = changes.find(({ kind }) => kind === 'guide');
      return guide && touchOf(guide, use, { before: old, after: catalogue }, changes);
    };
    expect(guideOf(before)).toBeNull();
    expect(guideOf(more)).toBe('The guide’s revision of 2026-05 changes for it: ACC-02.');
  });
});
// Guide: G0-10
