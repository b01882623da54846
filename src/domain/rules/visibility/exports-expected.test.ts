import { describe, expect, it } from 'vitest';
import { type Given, reading, runRule } from '../../testing/build.ts';
import { exportsExpected } from './exports-expected.ts';
import { event, feed } from './testing.ts';

describe('exports-expected', () => {
  const ANA = 'ana@alder.example.org';
  const by = (actorEmail: string | null) => ({ actorEmail });
  const of = (type: string, at: string, who: string | null = ANA) => event(type, at, {}, by(who));
  const started = of('org_data_export_started', '2026-11-10T15:00:00Z');
  const decide = (
    approvedExports: object[] | undefined,
    readings: Given['readings'] & object = feed(started),
  ) =>
    runRule(exportsExpected, { days: 1 }, { journal: approvedExports ? { approvedExports } : {}, readings });
  const approved = (on: string, more: object = {}) => [
    { on, by: 'Dana', reason: 'Yearly archive', email: ANA, of: 'organization_data', ...more },
  ];
  it('accepts the day of the approval and the day after', () => {
    expect(decide(approved('2026-11-10')).state).toBe('pass');
    expect(decide(approved('2026-11-09')).state).toBe('pass');
    expect(decide(approved('2026-11-08')).state).toBe('fail');
    expect(decide(approved('2026-11-11')).state).toBe('fail');
  });
  it('counts days in the zone of the client', () => {
    const night = of('org_members_exported', '2026-11-11T03:00:00Z'); // still 10 Nov in New York
    const members = { of: 'members' };
    expect(decide(approved('2026-11-10', members), feed(night)).state).toBe('pass');
    expect(decide(approved('2026-11-11', members), feed(night)).state).toBe('fail');
  });
  it('names who exported what', () => {
    expect(decide([])).toMatchObject({
      state: 'fail',
      items: [{ label: ANA, detail: 'Export of organization data started on Nov 10, 2026.' }],
    });
  });
  it('fails for someone who had left, whatever the journal says', () => {
    const left = (endsOn: string) =>
      decide(approved('2026-11-10'), {
        ...feed(started),
        roster: [reading('roster', [{ emails: [ANA], name: 'Ana Ruiz', endsOn }])],
      });
    expect(left('2026-11-05')).toMatchObject({
      state: 'fail',
      code: 'visibility.exports_expected.by_leaver',
      items: [{ detail: expect.stringContaining('after the last day of work on Nov 5, 2026') }],
    });
    expect(left('2026-11-10').state).toBe('pass');
    expect(
      decide(undefined, {
        ...feed(started),
        roster: [reading('roster', [{ emails: [ANA], name: 'Ana Ruiz', endsOn: '2026-11-05' }])],
      }).state,
    ).toBe('fail');
  });
  it('asks for the journal only if there is an export', () => {
    expect(decide(undefined).state).toBe('cannot_read');
    expect(decide(undefined, feed(event('x', '2026-11-10T15:00:00Z'))).state).toBe('pass');
    expect(decide([], {}).state).toBe('cannot_read');
  });
  it('never passes on an audit log while a feed was refused, but can fail on one', () => {
    const beside = (row: object, day?: string) =>
      runRule(
        exportsExpected,
        { days: 1 },
        {
          journal: { approvedExports: [] },
          readings: {
            audit_log: [reading('audit_log', [row], { covers: { from: '2026-01-01', to: '2026-11-24' } })],
          },
          unusableFiles: {
            activities: [
              {
                file: 'feed.json',
                is: 'refused',
                why: 'Row 2 has no time.',
                ...(day === undefined ? {} : { day }),
              },
            ],
          },
        },
      );
    expect(beside(event('x', '2026-11-10T15:00:00Z'))).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('feed.json'),
    });
    expect(beside(started).state).toBe('fail');
    // A day before the window, or in the future, could not count either.
    const states = ['2026-11-24', '2026-09-01', '2026-11-25'].map(
      (day) => beside(event('x', '2026-11-10T15:00:00Z'), day).state,
    );
    expect(states).toEqual(['cannot_read', 'pass', 'pass']);
  });
  it('counts an approval for one export, with its end and its download', () => {
    const whole = [
      started,
      of('org_data_export_completed', '2026-11-10T16:00:00Z', null),
      of('org_data_export_accessed', '2026-11-11T16:00:00Z'),
    ];
    const again = of('org_data_export_started', '2026-11-10T18:00:00Z');
    expect(decide(approved('2026-11-10'), feed(...whole)).state).toBe('pass');
    expect(decide(approved('2026-11-10'), feed(...whole, again))).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('1 of 2 exports has no approval of its own'),
      items: [{ detail: expect.stringContaining('no approval of those days is left for it') }],
    });
    const two = [...approved('2026-11-10'), ...approved('2026-11-10')];
    expect(decide(two, feed(...whole, again)).state).toBe('pass');
    // The approval of the day before is for the first, that of the same day for the second, in any order.
    const next = of('org_data_export_started', '2026-11-11T15:00:00Z');
    const days = [...approved('2026-11-10'), ...approved('2026-11-09')];
    expect(decide(days, feed(started, next)).state).toBe('pass');
  });
  it('counts the end of an export that took days as its own, and a second end as a separate export', () => {
    const ended = (at: string) => of('org_data_export_completed', at);
    expect(decide(approved('2026-11-10'), feed(started, ended('2026-11-14T16:00:00Z'))).state).toBe('pass');
    const late = [started, ended('2026-11-10T16:00:00Z'), ended('2026-11-12T16:00:00Z')];
    expect(decide(approved('2026-11-10'), feed(...late)).state).toBe('fail');
    expect(decide(approved('2026-11-10'), feed(started, ended('2026-11-19T16:00:00Z'))).state).toBe('fail');
  });
  it('counts a download by someone else, or of an old export, as a separate export', () => {
    const download = (at: string, who: string) => feed(started, of('org_data_export_accessed', at, who));
    expect(
      decide(approved('2026-11-10'), download('2026-11-10T16:00:00Z', 'bo@alder.example.org')),
    ).toMatchObject({ state: 'fail', items: [{ label: 'bo@alder.example.org' }] });
    expect(decide(approved('2026-11-10'), download('2026-11-14T16:00:00Z', ANA)).state).toBe('fail');
    // If the log does not name a person, it may not be the one who exported, whatever is approved.
    const unnamed = feed(started, of('org_data_export_accessed', '2026-11-10T16:00:00Z', null));
    expect(decide(approved('2026-11-10'), unnamed).state).toBe('fail');
    expect(decide([...approved('2026-11-10'), ...approved('2026-11-10')], unnamed)).toMatchObject({
      state: 'cannot_read',
      reason: expect.stringContaining('the log does not say who exported'),
    });
  });
  it('requires the person and the scope of the approval', () => {
    expect(decide(approved('2026-11-10', { of: 'members' })).state).toBe('fail');
    expect(decide(approved('2026-11-10', { email: 'bo@alder.example.org' })).state).toBe('fail');
    for (const missing of [{ of: undefined }, { email: undefined }])
      expect(decide(approved('2026-11-10', missing))).toMatchObject({
        state: 'cannot_read',
        reason: expect.stringContaining('names both who exports and what'),
      });
  });
  it('does not count a person’s approval of their own export', () => {
    expect(decide(approved('2026-11-10', { by: 'ana@alder.example.org' })).state).toBe('cannot_read');
    // The approval by someone else is for one export, so the other has only its own.
    const both = [...approved('2026-11-10'), ...approved('2026-11-10', { by: ANA })];
    const again = of('org_data_export_started', '2026-11-10T18:00:00Z');
    expect(decide(both, feed(started, again)).reason).toContain('approved only by the person who exported');
  });
});
// Guide: G5.2-04 G8-14
