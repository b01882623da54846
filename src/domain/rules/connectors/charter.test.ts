import { describe, expect, it } from 'vitest';
import type { Permission } from '../../model/kinds.ts';
import { runRule } from '../../testing/build.ts';
import { charterBaseline } from './baseline.ts';
import { charterInForce } from './charter-in-force.ts';
import { actionsClassified, sourceReviewed } from './classified.ts';
import { CATALOGUE } from './testing/catalogue.ts';
import { ASANA, chartered } from './testing/charter.ts';

describe('charter-baseline', () => {
  const run = (charter: object) =>
    runRule(charterBaseline, {}, { catalogue: CATALOGUE, charter: charter as Record<string, unknown> });

  it('passes at the baseline and below, and fails above it without a reason', () => {
    expect(run(chartered(ASANA)).state).toBe('pass');
    expect(run(chartered({ '*': 'blocked' })).state).toBe('pass');
    const out = run(chartered({ ...ASANA, 'Delete task': 'ask' }));
    expect(out.state).toBe('fail');
    expect(out.items[0]).toMatchObject({
      key: 'asana/delete_task',
      detail: 'The charter says Needs approval; the guide says Blocked.',
    });
  });

  it('accepts a looser permission with a reason, and reports it', () => {
    const out = run(
      chartered(
        { ...ASANA, 'Delete task': 'ask' },
        { justifications: { delete_task: 'The board office tidies its own board.' } },
      ),
    );
    expect(out.state).toBe('pass');
    expect(out.reason).toContain('Asana “Delete task”');
  });

  it('looks at what `*` and a class cover', () => {
    expect(run(chartered({ '*': 'ask' })).items.map((item) => item.key)).toEqual(['asana/delete_task']);
    expect(
      run(chartered({ read: 'allow', write: 'allow', delete: 'blocked' })).items.map((item) => item.key),
    ).toEqual(['asana/create_task']);
  });

  it('asks what an unclassified action does, instead of failing, if it would be looser as a write', () => {
    const portal = (more: object) => run({ connectors: [{ name: 'Chapter Portal', ...more }] });
    const asked = portal({ actions: { find: 'allow' } });
    expect(asked).toMatchObject({ state: 'cannot_read' });
    expect(asked.ask?.text).toContain('Chapter Portal “find”');
    expect(portal({ actions: { find: 'ask' } }).state).toBe('pass');
    expect(portal({ isAms: true, actions: { find: 'ask' } }).state).toBe('cannot_read');
    expect(portal({ isAms: true, actions: { find: 'ask' }, effects: { find: 'read' } }).state).toBe('pass');
    expect(portal({ isAms: true, actions: { find: 'ask' }, effects: { find: 'write' } }).state).toBe('fail');
    expect(portal({ isAms: true, actions: { '*': 'ask' } }).state).toBe('fail');
  });

  it('cannot read without connectors in the charter', () => {
    expect(run({ version: 2 }).state).toBe('cannot_read');
    expect(runRule(charterBaseline, {}, { catalogue: CATALOGUE }).state).toBe('cannot_read');
    expect(run({ connectors: [] }).state).toBe('not_applicable');
  });
});

describe('charter-in-force', () => {
  const whole = { version: 6, inForceSince: '2026-09-01', approvedBy: ['Ingrid Solheim'], connectors: [] };
  const run = (charter: object | null) =>
    runRule(charterInForce, {}, charter ? { charter: charter as Record<string, unknown> } : {});

  it('passes when approved and in force', () => expect(run(whole).state).toBe('pass'));
  it('waits for its first day', () =>
    expect(run({ ...whole, inForceSince: '2026-12-01' })).toMatchObject({
      state: 'pending',
      due: '2026-12-01',
    }));
  it('fails when nobody approved it', () => expect(run({ ...whole, approvedBy: [] }).state).toBe('fail'));
  it('asks for what is not stated', () => {
    expect(run(null).state).toBe('cannot_read');
    for (const key of Object.keys(whole)) {
      const out = run(Object.fromEntries(Object.entries(whole).filter(([other]) => other !== key)));
      expect(out.state).toBe('cannot_read');
      expect(out.ask?.text).toContain(`\`${key}\``);
    }
  });
});

describe('actions-classified and source-permissions-reviewed', () => {
  const classify = (more: object, actions: Record<string, Permission> = ASANA) =>
    runRule(actionsClassified, { days: 365 }, { catalogue: CATALOGUE, charter: chartered(actions, more) });
  const review = (more: object) =>
    runRule(sourceReviewed, { days: 365 }, { catalogue: CATALOGUE, charter: chartered(ASANA, more) });

  it('pass with a day of the last year', () => {
    expect(classify({ actionsClassified: '2026-08-01' }).state).toBe('pass');
    expect(review({ sourceReviewed: '2026-08-01' }).state).toBe('pass');
  });

  it('cannot read without a day, with an old one or one that has not come', () => {
    for (const day of [undefined, '2025-08-01', '2026-12-01']) {
      expect(classify(day ? { actionsClassified: day } : {}).state).toBe('cannot_read');
      expect(review(day ? { sourceReviewed: day } : {}).state).toBe('cannot_read');
    }
    expect(runRule(actionsClassified, { days: 365 }, {}).state).toBe('cannot_read');
    expect(runRule(sourceReviewed, { days: 365 }, {}).state).toBe('cannot_read');
  });

  it('cannot read if the charter names no action of a connector', () => {
    expect(classify({ actionsClassified: '2026-08-01' }, {})).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('no action of Asana'),
    });
  });

  it('fails for an action that neither catalogue nor charter classifies', () => {
    const actions = { ...ASANA, archive_project: 'blocked' } as const;
    expect(classify({ actionsClassified: '2026-08-01' }, actions).items.map((item) => item.label)).toEqual([
      'Asana “archive_project”',
    ]);
    expect(
      classify({ actionsClassified: '2026-08-01', effects: { 'Archive project': 'write' } }, actions).state,
    ).toBe('pass');
  });
});
// Guide: G1.1-02 G3.1-01
