import { describe, expect, it } from 'vitest';
import { EvaluationState } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import { driftFrom } from '#domain/drift/drift.ts';
import { given, reading } from '#domain/testing/build.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';

/** A connector is on in an earlier table and missing from the newest one: controls and drift must agree. */

const catalogue = sharedCatalogue();
const line = (connector: string, more: object = {}) => ({
  connector,
  action: null,
  state: null,
  stateText: null,
  enabled: true,
  ...more,
});
const asana = [line('Asana', { action: 'Search tasks', state: 'ask', stateText: 'Needs approval' })];
const charter = {
  version: 1,
  approvedBy: ['Ada Quist'],
  connectors: [{ name: 'Asana', actions: { '*': 'ask' as const } }],
};

function reported(newest: readonly object[]) {
  const shared = new EvaluationState(
    given({
      catalogue,
      charter,
      readings: {
        connectors: [
          reading('connectors', [...asana, line('Dropbox')], { observedOn: '2026-11-03', file: 'early.csv' }),
          reading('connectors', newest, { observedOn: '2026-11-20', file: 'new.csv' }),
        ],
      },
    }),
  );
  const verdict = (id: string) => {
    const control = catalogue.controls.find((one) => one.id === id);
    if (control === undefined) throw new Error(`The catalogue has no ${id}.`);
    return decideControl(control, shared);
  };
  const drift = driftFrom(shared).deviations.find(({ label }) => label === 'Dropbox');
  return { verdict, drift };
}

describe('a connector that the newest table does not list', () => {
  it('passes no control, and stays drift that is only reported as last seen', () => {
    const { verdict, drift } = reported(asana);
    for (const id of ['CLA-CON-04', 'CLA-CON-09', 'CLA-CON-10', 'CLA-CON-11', 'CLA-CON-12'])
      expect([id, verdict(id).state]).not.toEqual([id, 'pass']);
    expect(verdict('CLA-CON-04')).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('Dropbox on Nov 3, 2026'),
      question: expect.stringContaining('“no” under enabled'),
    });
    expect(drift).toMatchObject({ notCovered: true, observed: 'On when last seen' });
    expect(drift?.words).toContain('which does not mean that it is off');
  });

  it('neither fails nor drifts once a line says that it is off', () => {
    const { verdict, drift } = reported([...asana, line('Dropbox', { enabled: false })]);
    expect(verdict('CLA-CON-04').state).toBe('pass');
    expect(drift).toBeUndefined();
  });

  it('fails and drifts while the newest table lists it as on', () => {
    const { verdict, drift } = reported([...asana, line('Dropbox')]);
    expect(verdict('CLA-CON-04').state).toBe('fail');
    expect(drift).toMatchObject({ notCovered: false, observed: 'On' });
  });
});
