import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assessCommand } from '../../src/cli/commands/assess.ts';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

const people = ['Ada Quist', 'Ben Rook', 'Cleo Shaw', 'Dov Lane', 'Eve Ames', 'Finn Obi'];
const FIGURES = csv(
  'Member,Messages,Last active',
  ...people.map((name, at) => `${name},${at === 0 ? 900 : 40},2026-11-20`),
);
/** A response of the Analytics API, saved without its day. */
const ANALYTICS = JSON.stringify({
  data: people.map((name) => ({
    user: { id: `u-${name}`, email_address: `${name.split(' ')[0]?.toLowerCase()}@alder.example.org` },
    chat_metrics: { message_count: 12 },
  })),
  has_more: false,
});
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const SHORT = { from: '2026-11-01', to: '2026-11-20' };

describe('the days that a file of figures covers', () => {
  it('come from a person where neither the file nor its name says them', async () => {
    const without = await assessing({ files: { 'usage screen.csv': FIGURES } });
    expect(without.verdict('CLA-VIS-01')).toMatchObject({
      state: 'cannot_read',
      question: expect.stringContaining('--period FILE='),
    });
    const given = await assessing({
      files: { 'usage screen.csv': FIGURES },
      periods: [{ file: 'usage screen.csv', period: SHORT }],
    });
    expect(given.files[0]).toMatchObject({ outcome: 'taken', observedOn: '2026-11-20', dateFrom: 'stated' });
    expect(given.verdict('CLA-VIS-01')).toMatchObject({
      state: 'pass',
      reason: expect.stringContaining('covers Nov 1, 2026 to Nov 20, 2026'),
    });
    expect(given.verdict('CLA-VIS-03').reason).toContain('Nov 1, 2026 to Nov 20, 2026');
  });

  it('make no old figures new', async () => {
    const old = await assessing({
      files: { 'usage screen.csv': FIGURES },
      periods: [{ file: 'usage screen.csv', period: { from: '2026-08-01', to: '2026-08-31' } }],
    });
    expect(old.verdict('CLA-VIS-01').state).toBe('cannot_read');
  });

  it('stand before the name of the file, and behind what its lines say', async () => {
    const named = await assessing({
      files: { 'usage 2026-10-01 to 2026-11-22.csv': FIGURES },
      periods: [{ file: 'usage 2026-10-01 to 2026-11-22.csv', period: SHORT }],
    });
    expect(named.verdict('CLA-VIS-01').reason).toContain('Nov 1, 2026 to Nov 20, 2026');
    const dated = await assessing({
      files: {
        'spend.csv': csv(
          'User email,Product,Model,Requests,Start date,End date',
          'ada@alder.example.org,Chat,Sonnet,4,2026-11-02,2026-11-09',
        ),
      },
      periods: [{ file: 'spend.csv', period: OCTOBER }],
    });
    expect(dated.verdict('CLA-VIS-01').reason).toContain('Nov 2, 2026 to Nov 9, 2026');
    expect(dated.files[0]?.notes.map(({ says }) => says).join(' ')).toContain('was not used');
  });

  it('are asked for where only the first or the last one is in the file', async () => {
    for (const [heading, day] of [
      ['Start date', '2026-11-01'],
      ['End date', '2026-11-20'],
    ]) {
      const files = {
        'usage.csv': csv(`User email,Messages,${heading}`, `ada@alder.example.org,4,${day}`),
      };
      const half = await assessing({ files });
      expect(half.verdict('CLA-VIS-01'), heading).toMatchObject({ state: 'cannot_read' });
      const whole = await assessing({ files, periods: [{ file: 'usage.csv', period: SHORT }] });
      expect(whole.verdict('CLA-VIS-01').reason, heading).toContain('Nov 1, 2026 to Nov 20, 2026');
    }
  });

  it('can be given for an answer of an interface, too', async () => {
    const given = await assessing({
      files: { 'analytics.json': ANALYTICS },
      profile: { claudePlan: 'enterprise' },
      periods: [{ file: 'analytics.json', period: SHORT }],
    });
    expect(given.files[0]).toMatchObject({ kind: 'analytics_users', observedOn: '2026-11-20' });
    expect(given.verdict('CLA-VIS-01').reason).toContain('Nov 1, 2026 to Nov 20, 2026');
  });

  it('are refused for a file that is not there', async () => {
    const given = await assessing({
      files: { 'usage screen.csv': FIGURES },
      periods: [{ file: 'usage scren.csv', period: SHORT }],
    });
    expect(given.files.find(({ outcome }) => outcome === 'malformed')?.problem).toContain('no such file');
  });
});

describe('bylaw assess --period and --map for columns', () => {
  const said = async (flags: { map?: string[]; period?: string[] }, files: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), 'bylaw-period-'));
    const lines: string[] = [];
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      writeFileSync(
        join(folder, 'client.yaml'),
        'name: Alder\ndomains: [alder.example.org]\nclaudePlan: team\ntimezone: America/New_York\nasOf: 2026-11-24\n',
      );
      const out = (line = '') => lines.push(line);
      const plain = (text: string) => text;
      const code = await assessCommand(
        folder,
        { profile: join(folder, 'client.yaml'), ...flags },
        { out, error: out, progress: () => undefined, bold: plain, state: (_, text) => text },
      );
      return { code, text: lines.join('\n') };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('takes a period and a single day', async () => {
    for (const period of ['usage screen.csv=2026-11-01..2026-11-20', 'usage screen.csv=2026-11-20'])
      expect((await said({ period: [period] }, { 'usage screen.csv': FIGURES })).text).toContain(
        'usage screen.csv: spend or usage file, 6 rows, Nov 20, 2026',
      );
  });

  it('says how a period is written where it cannot be read, ends before it begins or is still to come', async () => {
    for (const period of [
      'usage screen.csv',
      '=2026-11-01',
      'usage screen.csv=october',
      'usage screen.csv=2026-11-20..2026-11-01',
      'usage screen.csv=2026-12-01..2026-12-02',
    ])
      await expect(said({ period: [period] }, { 'usage screen.csv': FIGURES }), period).rejects.toThrow(
        /--period usage screen\.csv|--period =/,
      );
  });

  it('refuses a field or a column that is not there, and names those that are', async () => {
    const members = csv('Name,Email,Access,Seat tier', 'Ada Quist,ada@alder.example.org,Owner,Standard');
    const files = { 'members.csv': members };
    const map = ['members=members.csv'];
    await expect(said({ map: [...map, 'members.rank=Access'] }, files)).rejects.toThrow(/role/);
    await expect(said({ map: [...map, 'members.role=Acess'] }, files)).rejects.toThrow(/“Access”/);
    await expect(said({ map: ['dns.role=Access'] }, files)).rejects.toThrow(/no columns/);
    expect((await said({ map: [...map, 'members.role=Access'] }, files)).text).not.toContain('Access');
  });
});
