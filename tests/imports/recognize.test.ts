import { describe, expect, it } from 'vitest';
import { EVERYDAY, VARIANTS } from './recognized-files.ts';
import { csv, importOne } from './support.ts';

describe('what a file is', () => {
  it.each([...VARIANTS, ...EVERYDAY])('%s', async (_what, name, content, kind) => {
    const { report } = await importOne(name, content);
    expect({
      kind: report.kind,
      outcome: report.outcome,
      problem: kind === null ? null : report.problem,
    }).toEqual({ kind, outcome: kind === null ? 'not_placed' : 'taken', problem: null });
  });

  it('knows a file by its content when its name says something else', async () => {
    const roster = csv(
      'Employee ID,Full Name,Work Email,Employment Status,Termination Date',
      '17,Ann Lee,ann@alder.example.org,Active,',
      '18,Bo Roe,bo@alder.example.org,Terminated,2026-09-30',
    );
    for (const name of [
      'claude-members.csv',
      'audit_log.csv',
      'domain memberships.txt',
      'policy acknowledgements.xlsx',
      'roster',
    ]) {
      expect((await importOne(name, roster)).report.kind).toBe('roster');
    }
  });

  it('names the two best guesses and how to settle it', async () => {
    const { report } = await importOne(
      'people we have.csv',
      csv('Name,Email,Status', 'Ann Lee,ann@alder.example.org,Active'),
    );
    expect(report.outcome).toBe('not_placed');
    expect(report.problem).toMatch(/could be the staff roster.*--map roster="people we have.csv"/);
  });

  it('says of an answer of Intune where it is read', async () => {
    const { report } = await importOne(
      'configurationPolicies.json',
      JSON.stringify({
        '@odata.context': 'https://graph.microsoft.com/beta/$metadata#deviceManagement/configurationPolicies',
        value: [{ id: '1', name: 'Claude', technologies: 'mdm', settingCount: 3 }],
      }),
    );
    expect(report.outcome).toBe('not_placed');
    expect(report.problem).toMatch(/answer of Intune.*Device lockdown/);
  });

  it('takes a file for what a person says it is', async () => {
    const { report, readings } = await importOne(
      'contacts.csv',
      csv('Name,Email', 'Ann Lee,ann@alder.example.org'),
      { options: { map: [{ kind: 'roster', file: 'contacts.csv' }] } },
    );
    expect(report.outcome).toBe('taken');
    expect(readings.roster?.[0]?.mappedByHand).toBe(true);
  });
});
