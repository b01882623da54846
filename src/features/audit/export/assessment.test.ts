import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { STATES, type State, type Verdict } from '#domain/model/verdict.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { assessmentText } from './assessment.ts';

/** NIST’s own, in the public domain: github.com/usnistgov/OSCAL, json/schema of the tag v1.0.6. */
const OSCAL_SCHEMA = new URL('../testing/nist/oscal_assessment-results_schema.json', import.meta.url);
const at = new Date('2026-11-24T09:00:00Z');
const { controls } = sharedCatalogue();

const verdict = (control: string, state: State, more: Partial<Verdict> = {}): Verdict =>
  ({
    control,
    state,
    reason: `It is ${state}. `,
    code: 'a.case',
    params: {},
    items: [],
    evidence: [
      { kind: 'members', file: 'members.csv', row: 3, observedOn: '2026-11-20', says: 'holds a seat' },
    ],
    ...more,
  }) as Verdict;

const text = () =>
  assessmentText({
    client: { id: 'alder', name: 'Alder Society' },
    controls,
    verdicts: STATES.map((state, index) => ({
      verdict: verdict(controls[index]?.id ?? '', state),
      since: at,
    })),
    at,
  });
const result = () => JSON.parse(text())['assessment-results'].results[0];

describe('assessment results', () => {
  it('call satisfied what passes, and nothing else', () => {
    const states = result().findings.map(
      ({ target }: { target: { props: { value: string }[]; status: object } }) => [
        target.props[0]?.value,
        target.status,
      ],
    );
    expect(states).toHaveLength(STATES.length - 1);
    for (const [state, status] of states)
      expect([state, status]).toMatchObject([
        state,
        {
          state: state === 'pass' ? 'satisfied' : 'not-satisfied',
          reason: state === 'pass' || state === 'fail' ? state : 'other',
        },
      ]);
  });

  it('name what was not decided or does not apply as excluded', () => {
    const [selection] = result()['reviewed-controls']['control-selections'];
    expect(selection['include-controls']).toHaveLength(STATES.length - 1);
    expect(selection['exclude-controls']).toHaveLength(controls.length - STATES.length + 1);
  });

  it('are the same text for the same verdicts', () => {
    expect(text()).toBe(text());
  });

  it('are valid by NIST’s schema of the edition that they name', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: true });
    formats.default(ajv);
    const schema = JSON.parse(readFileSync(OSCAL_SCHEMA, 'utf8'));
    expect(schema.$id).toContain(`/${JSON.parse(text())['assessment-results'].metadata['oscal-version']}/`);
    const valid = ajv.compile(schema);
    valid(JSON.parse(text()));
    expect(valid.errors ?? []).toEqual([]);
    valid(JSON.parse(text().replace('"satisfied"', '"perfect"')));
    expect(valid.errors).not.toBeNull();
  });
});
