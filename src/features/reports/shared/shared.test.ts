import { describe, expect, it } from 'vitest';
import { STATES } from '#domain/model/verdict.ts';
import { monthWords, zoneWords } from '#domain/text/words.ts';
import { evidenceWords, initials, kindWords, minutesWords, stateWords } from '../../shared/words.ts';
import { sampleReport } from '../testing/sample.ts';
import { differences, groupByState, peopleLists } from './groups.ts';
import { readLogo } from './logo.ts';
import { unseenWords } from './report-words.ts';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('groups', () => {
  it('holds every control once, in the fixed order of states', () => {
    const report = sampleReport();
    const groups = groupByState(report);
    expect(groups.map((g) => g.state)).toEqual(STATES.filter((s) => report.counts[s] > 0));
    expect(groups.flatMap((g) => g.controls.map((c) => c.id)).sort()).toEqual(
      report.controls.map((c) => c.id).sort(),
    );
    for (const group of groups) expect(group.controls).toHaveLength(report.counts[group.state]);
  });

  it('puts the gravest first inside an area', () => {
    const fail = groupByState(sampleReport())[0]?.areas[0]?.controls.map((c) => c.severity);
    expect(fail).toEqual(['critical', 'high', 'medium', 'medium']);
  });

  it('never says that no one is listed if the control behind the list was not read', () => {
    const report = sampleReport();
    report.people.leavers = [];
    const control = report.controls.find((c) => c.id === 'CLA-ACC-07');
    if (!control) throw new Error('the sample lacks ACC-07');
    control.state = 'pass';
    const empty = () => peopleLists(report).find((l) => l.key === 'leavers')?.empty;
    expect(empty()).toBe('No one who has left holds a seat.');
    control.state = 'cannot_read';
    control.reason = 'The roster is 80 days old.';
    expect(empty()).toBe('Nothing is claimed here. The roster is 80 days old.');
    control.state = 'pass';
    report.people.ready = false;
    report.people.why = 'No roster was given.';
    expect(empty()).toBe('Nothing is claimed here. No roster was given.');
    expect(peopleLists(report).find((l) => l.key === 'leavers')?.count).toBeNull();
    report.people.personalAccounts = null;
    const personal = peopleLists(report).find((l) => l.key === 'personal-accounts');
    expect(personal).toMatchObject({ count: null, people: [] });
    expect(personal?.empty).toMatch(/^Nothing is claimed here\./);
  });

  it('lists facts that differ, contradictions first', () => {
    expect(differences(sampleReport().facts).map((f) => f.status)).toEqual([
      'contradicts',
      'narrows',
      'adds',
      'adds',
    ]);
  });
});

describe('words', () => {
  it('are what a person would say', () => {
    expect(initials('The Alder Society of Landscape Surveyors')).toBe('AS');
    expect(initials('42')).toBe('·');
    expect(zoneWords('America/New_York')).toBe('New York time');
    expect(zoneWords('UTC')).toBe('UTC');
    expect(monthWords('2026-05')).toBe('May 2026');
    expect(minutesWords(1)).toBe('About 1 minute');
    expect(minutesWords(120)).toBe('About 2 hours');
    expect(kindWords('members')).toBe('members file');
    expect(kindWords('some_new_kind')).toBe('some new kind');
    expect(stateWords('cannot_read')).toBe('Cannot read');
  });
});

describe('a logo', () => {
  it('is taken when it is what it says', () => {
    expect(readLogo({ mime: 'image/png', base64: PIXEL }).format).toBe('png');
    const svg = Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>').toString(
      'base64',
    );
    expect(readLogo({ mime: 'image/svg+xml', base64: svg }).format).toBe('svg');
  });

  it('is refused with a sentence otherwise', () => {
    const html = Buffer.from('<html><script>alert(1)</script>').toString('base64');
    expect(() => readLogo({ mime: 'image/png', base64: html })).toThrow(
      'The logo is not a PNG, JPEG or SVG picture.',
    );
    expect(() => readLogo({ mime: 'image/jpeg', base64: PIXEL })).toThrow(
      'The logo says image/jpeg and is image/png.',
    );
    const big = Buffer.concat([Buffer.from(PIXEL, 'base64'), Buffer.alloc(400_000)]).toString('base64');
    expect(() => readLogo({ mime: 'image/png', base64: big })).toThrow(/at most 300 kB/);
  });
});

describe('evidence', () => {
  it('says of what was recorded in the console that it was, and not that it is a file', () => {
    expect(evidenceWords({ kind: 'journal', file: 'what happened.yaml' })).toBe('journal');
    expect(evidenceWords({ kind: 'journal', file: 'Activity' })).toBe('record in Bylaw');
    expect(evidenceWords({ kind: 'members', file: 'Activity' })).toBe('members file');
  });

  it('is never missing where records decided', () => {
    const [control] = sampleReport().controls;
    if (control === undefined) throw new Error('The sample has no control.');
    const record = { kind: 'charter', file: 'charter.yaml', observedOn: '2026-11-24', says: '3 connectors' };
    expect(unseenWords({ ...control, items: [], observations: [] })).toBe('Never observed');
    expect(unseenWords({ ...control, items: [], observations: [record] })).toBe('From records');
  });
});
