import { describe, expect, it } from 'vitest';
import { currentReading } from '#domain/decide/current.ts';
import { reading as readingOf } from '#domain/testing/build.ts';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

const TABLE = 'Connector,Action,State';
const reading = (name: string, content: string | Buffer) => assessing({ files: { [name]: content } });
const why = async (name: string, content: string | Buffer, control = 'CLA-CON-06') =>
  (await reading(name, content)).verdict(control).reason;

describe('a file that was given and does not count', () => {
  it('leaves open who has not acknowledged if it may be a further list', async () => {
    const people = ['Ana Ruiz', 'Bram Oyelaran'].map((name) => [
      name,
      `${name.split(' ')[0]}@alder.example.org`,
    ]);
    const judge = async (further: Record<string, string>) => {
      const { verdict } = await assessing({
        files: {
          'members.csv': csv('Name,Email,Role', ...people.map(([name, mail]) => `${name},${mail},User`)),
          'signed.csv': csv(
            'Name,Email,Policy version,Acknowledged on',
            `${people[0]?.join(',')},3,2026-06-10`,
          ),
          ...further,
        },
        charter: { policy: { version: '3', published: '2026-06-01' } },
      });
      return verdict('CLA-POL-03');
    };
    expect((await judge({})).state).toBe('fail');
    const open = await judge({ 'policy signatures.csv': csv('Who,Answer', 'Bram Oyelaran,fine') });
    expect(open).toMatchObject({ state: 'cannot_read', code: 'decide.set_aside.further_list' });
    expect(open.question).toContain('--map acknowledgements=policy signatures.csv');
  });

  it('is refused where it was refused, and only what no one brought has not been provided', async () => {
    expect(await why('notes.txt', 'Nothing to see.')).toBe('The connectors table has not been provided.');
    const refused = await why('connectors.csv', csv(TABLE));
    expect(refused).toContain('The connectors table was refused: connectors.csv.');
    expect(refused).not.toContain('not been provided');
  });

  it('is refused too where nothing but its name says what it was meant to be', async () => {
    for (const content of [
      Buffer.from(`${TABLE}\nAsana,Read\0tasks,Blocked\n`),
      csv(TABLE, 'Asana,Read "tasks,"Blocked'),
    ])
      expect(await why('our connectors.csv', content)).not.toContain('not been provided');
    expect(await why('roster.csv', Buffer.from('Name,Email\nA\0,b@c.org\n'), 'CLA-ACC-07')).toMatch(
      /staff roster was refused: roster\.csv|members file has not been provided/,
    );
  });

  it('was not placed if it may be of the kind and no one said so', async () => {
    const { verdict, files, report } = await reading('connectors.csv', csv('Thing,Remark', 'Asana,fine'));
    expect(files[0]).toMatchObject({ outcome: 'not_placed' });
    expect(verdict('CLA-CON-06').reason).toContain(
      'No file was taken for the connectors table; connectors.csv may be one.',
    );
    expect(report.notRead.find(({ kind }) => kind === 'connectors')?.why).toContain(
      'connectors.csv may be one',
    );
  });

  it('is replaced where a newer one counts', async () => {
    const { files } = await assessing({
      files: {
        'connectors 2026-11-20.csv': csv(TABLE, 'Asana,Read tasks,Always allow'),
        'connectors 2026-11-23.csv': csv(TABLE, 'Asana,Read tasks,Blocked'),
      },
    });
    expect(files.map(({ outcome }) => outcome)).toEqual(['replaced', 'taken']);
  });

  it('is said to be a web page where a sign-in page was saved in its place', async () => {
    const { files, verdict } = await reading(
      'connectors.csv',
      '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>',
    );
    expect(files[0]).toMatchObject({ outcome: 'malformed' });
    expect(files[0]?.problem).toContain('web page (HTML)');
    expect(verdict('CLA-CON-06').reason).toContain('The connectors table was refused: connectors.csv.');
  });
});

describe('files of which a part cannot be used', () => {
  const policy = (id: string | undefined, displayName: string) => ({
    ...(id === undefined ? {} : { id }),
    displayName,
    state: 'enabled',
    conditions: { applications: { includeApplications: ['All'] }, users: { includeUsers: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    sessionControls: null,
  });

  it('gives the policies that are right and names the one that is not', async () => {
    const answer = { value: [policy('1', 'One'), policy(undefined, 'Draft'), policy('3', 'Three')] };
    const { files, verdict } = await reading('policies.json', JSON.stringify(answer));
    // A row that cannot be read is kept, so that rules can decide whether it matters.
    expect(files[0]).toMatchObject({ outcome: 'taken', kind: 'ca_policies', rows: 3 });
    expect(files[0]?.notes[0]).toMatchObject({ row: 2, says: expect.stringContaining('“Draft”') });
    expect(verdict('CLA-M365-09').state).not.toBe('pass');
  });

  it('counts an event once that two pages of a feed list', () => {
    const event = (id: string, at: string) => ({ id, at, type: 'org_user_invite_sent' });
    const page = (sha256: string, rows: ReturnType<typeof event>[]) =>
      readingOf('activities', rows, { sha256, file: `${sha256}.json` });
    const current = currentReading(
      'activities',
      [
        page('a', [event('1', '2026-11-20T10:00:00Z'), event('2', '2026-11-20T11:00:00Z')]),
        page('b', [event('2', '2026-11-20T11:00:00Z'), event('3', '2026-11-20T12:00:00Z')]),
      ],
      '2026-11-24',
      30,
    );
    expect(current.ok && current.rows.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });
});
