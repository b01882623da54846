import { afterEach, beforeAll, expect, it } from 'vitest';
import { decide } from '#domain/decide/decide.ts';
import type { DecisionInput } from '#domain/decide/input.ts';
import { nextActions } from '#domain/decide/next-actions.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { asksKey, wording } from '#domain/text/message.ts';
import { findingKey } from '#domain/work/items.ts';
import { meaningOf } from '#features/verdicts/meaning.ts';
import { sandboxInput } from './support/sandbox.ts';

/** Replaces every sentence of a verdict that is shown to people. */
function reword(text: string): string {
  return `⟪${text.toUpperCase().replaceAll(/[aeiou.]/gi, '*')}⟫`;
}
afterEach(() => {
  wording.of = (text) => text;
});

/** The sandbox association with all its files, and with some missing, so that much cannot be read. */
async function inputs(): Promise<readonly (readonly [string, DecisionInput])[]> {
  const whole = await sandboxInput();
  const { entra_users: _, members: __, ...readings } = whole.readings;
  return [
    ['with all files', whole],
    ['without people', { ...whole, readings }],
    ['without documents', { ...whole, charter: null, journal: null, attestations: [] }],
    ['with nothing', { ...whole, readings: {}, charter: null, journal: null, attestations: [] }],
    ['on Enterprise', { ...whole, profile: { ...whole.profile, claudePlan: 'enterprise' } }],
    ['a year later', { ...whole, today: '2027-11-24', now: '2027-11-24T18:00:00Z' }],
  ];
}

function retitled(input: DecisionInput): DecisionInput {
  const controls = input.catalogue.controls.map((control) => ({
    ...control,
    title: `⟪${control.title}⟫`,
    action: `⟪${control.action}⟫`,
    why: `⟪${control.why}⟫`,
  }));
  return { ...input, catalogue: { ...input.catalogue, controls } };
}

/** The parts of a verdict that are stored, compared, grouped or linked. */
function identity(input: DecisionInput, verdicts: readonly Verdict[]) {
  return {
    verdicts: verdicts.map((verdict) => [verdict.control, verdict.state, meaningOf(verdict)]),
    asks: verdicts.map(({ asks }) => asksKey(asks)),
    work: nextActions(input.catalogue, verdicts, 'console').map((action) => [
      findingKey(action),
      action.controls,
    ]),
    // Pages link to where a question is answered.
    links: verdicts.map(({ asks }) => asks.map(({ of, field }) => [of, field])),
  };
}

let cases: Awaited<ReturnType<typeof inputs>>;
beforeAll(async () => {
  cases = await inputs();
});

it('keeps history, work and links when every reason, question and title is reworded', () => {
  for (const [name, input] of cases) {
    wording.of = (text) => text;
    const before = decide(input);
    const was = identity(input, before);
    wording.of = reword;
    const other = retitled(input);
    const after = decide(other);
    expect(identity(other, after), name).toEqual(was);
    const same = before.flatMap((verdict, index) => {
      const now = after[index];
      const still =
        now?.reason === verdict.reason || (verdict.question && now?.question === verdict.question);
      return still ? [verdict.control] : [];
    });
    // Only the catalogue's own texts are not reworded.
    const own = new Set(input.catalogue.controls.flatMap((one) => (one.notApplicable ? [one.id] : [])));
    expect(
      same.filter((control) => !own.has(control)),
      `${name}: sentences that were not reworded`,
    ).toEqual([]);
  }
});

it('has one key for each question, and one question for each key', () => {
  const texts = new Map<string, string>();
  const keys = new Map<string, string>();
  for (const [, input] of cases)
    for (const { asks } of decide(input))
      for (const one of asks) {
        const key = asksKey([one]);
        expect(texts.get(key) ?? one.text, key).toBe(one.text);
        expect(keys.get(one.text) ?? key, one.text).toBe(key);
        texts.set(key, one.text);
        keys.set(one.text, key);
      }
  expect(texts.size).toBeGreaterThan(50);
});
