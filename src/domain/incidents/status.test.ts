import { describe, expect, test } from 'vitest';
import type { PlaybookStep } from '../model/playbook.ts';
import { dueAt, tookWords } from './clock.ts';
import { answersFor, fieldGap } from './forms.ts';
import { type StepRecord, stepGaps } from './status.ts';

const field = { asks: 'What?', kind: 'text' as const, options: [], required: true };
const step = (more: Partial<PlaybookStep> = {}): PlaybookStep => ({
  id: 'stop',
  kind: 'contain',
  title: 'Stop it',
  how: [],
  who: 'security',
  within: { hours: 1 },
  after: [],
  guide: [],
  fields: [],
  checks: [],
  leaveOut: 'never',
  confidential: false,
  ...more,
});
const record = (more: Partial<StepRecord> = {}): StepRecord => ({
  step: 'stop',
  state: 'done',
  answers: {},
  entries: [],
  none: false,
  files: [],
  lessons: [],
  ...more,
});
const codes = (one: PlaybookStep, kept: StepRecord, proof: Parameters<typeof stepGaps>[2] = 'stated') =>
  stepGaps(one, kept, proof).map(({ code }) => code);

describe('a step of an incident', () => {
  test('that contains is settled only by evidence, not by contradicted evidence', () => {
    expect(codes(step(), record(), 'none')).toEqual(['no_proof']);
    expect(codes(step(), record(), 'contradicted')).toEqual(['contradicted']);
    expect(codes(step(), record(), 'stated')).toEqual([]);
    expect(codes(step({ kind: 'act' }), record(), 'none')).toEqual([]);
  });

  test('with a list needs every entry settled, or a statement of none if the playbook allows it', () => {
    const list = {
      noun: 'change',
      mayBeNone: true,
      fields: [
        {
          ...field,
          id: 'state',
          kind: 'choice' as const,
          options: [
            { id: 'done', words: 'Done', open: false },
            { id: 'open', words: 'Not yet', open: true },
          ],
        },
      ],
    };
    const one = step({ entries: list });
    expect(codes(one, record())).toEqual(['no_entry']);
    expect(codes(one, record({ none: true }))).toEqual([]);
    expect(codes(step({ entries: { ...list, mayBeNone: false } }), record({ none: true }))).toEqual([
      'no_entry',
    ]);
    expect(codes(one, record({ entries: [{ state: 'done' }, { state: 'open' }] }))).toEqual(['undecided']);
    expect(codes(one, record({ entries: [{ state: 'done' }] }))).toEqual([]);
  });

  test('is not left out before a second person agrees, and a lesson needs an outcome', () => {
    expect(codes(step(), record({ state: 'leave_out_asked' }))).toEqual(['second_person']);
    expect(codes(step(), record({ state: 'left_out' }))).toEqual([]);
    const learn = step({ kind: 'learn' });
    const lesson = { text: 'Look sooner.', draft: null, control: null };
    expect(codes(learn, record({ lessons: [lesson] }))).toEqual(['no_lesson']);
    expect(codes(learn, record({ lessons: [{ ...lesson, control: 'CLA-CON-09' }] }))).toEqual([]);
  });
});

test('a question is asked only if another question has the answer it depends on', () => {
  const sent = { ...field, id: 'sent', kind: 'day' as const, when: { field: 'decision', is: ['notify'] } };
  expect(fieldGap(sent, { decision: 'not_required' })).toBeNull();
  expect(fieldGap(sent, { decision: 'notify' })).toBe('missing');
  expect(fieldGap(sent, { decision: 'notify', sent: '2026-02-30' })).toBe('unfit');
  expect(answersFor([sent], { decision: 'no', sent: '2026-02-27', other: 'x' })).toEqual({});
});

test('a secret is not accepted as a fingerprint', () => {
  const print = { ...field, id: 'old', kind: 'fingerprint' as const };
  expect(fieldGap(print, { old: 'sk-ant-api03-secret' })).toBe('unfit');
  expect(fieldGap(print, { old: 'hunter2' })).toBe('unfit');
  expect(fieldGap(print, { old: 'ab'.repeat(32) })).toBeNull();
});

test('the fingerprint of a new credential must differ from the old one', () => {
  const print = { ...field, id: 'new', kind: 'fingerprint' as const, differsFrom: 'old' };
  const old = 'ab'.repeat(32);
  expect(fieldGap(print, { old, new: 'AB:'.repeat(31).concat('AB') })).toBe('same');
  expect(fieldGap(print, { old, new: 'cd'.repeat(32) })).toBeNull();
  expect(fieldGap(print, { new: old })).toBeNull();
});

test.each([
  [0, '0 minutes'],
  [1, '1 minute'],
  [125, '2 hours and 5 minutes'],
  [1440, '1 day'],
  [2 * 1440 + 61, '2 days and 1 hour'],
])('%i minutes are written as %s', (minutes, words) => {
  const from = new Date('2026-11-24T09:00:00Z');
  expect(tookWords(from, new Date(from.getTime() + minutes * 60_000))).toBe(words);
});

test('a clock runs from when the incident was noticed', () => {
  const noticed = new Date('2026-11-24T23:30:00Z');
  expect(dueAt(noticed, { hours: 72 }).toISOString()).toBe('2026-11-27T23:30:00.000Z');
  expect(dueAt(noticed, { minutes: 45 }).toISOString()).toBe('2026-11-25T00:15:00.000Z');
});
