import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv } from './support.ts';

const TABLE = 'Connector,Action,State';
const reading = (name: string, content: string | Buffer) => assessing({ files: { [name]: content } });
const why = async (name: string, content: string | Buffer, control = 'CLA-CON-06') =>
  (await reading(name, content)).verdict(control).reason;

describe('a file that was given and does not count', () => {
  it('is refused where it was refused, and only what nobody brought was not given', async () => {
    expect(await why('notes.txt', 'Nothing to see.')).toBe('The connectors table was not given.');
    const refused = await why('connectors.csv', csv(TABLE));
    expect(refused).toContain('The connectors table was refused: connectors.csv.');
    expect(refused).not.toContain('not given');
  });

  it('is refused too where nothing but its name says what it was meant to be', async () => {
    for (const content of [
      Buffer.from(`${TABLE}\nAsana,Read\0tasks,Blocked\n`),
      csv(TABLE, 'Asana,Read "tasks,"Blocked'),
    ])
      expect(await why('our connectors.csv', content)).not.toContain('not given');
    expect(await why('roster.csv', Buffer.from('Name,Email\nA\0,b@c.org\n'), 'CLA-ACC-07')).toMatch(
      /staff roster was refused: roster\.csv|members file was not given/,
    );
  });

  it('was not placed where it may be of the kind and nobody said so', async () => {
    const { verdict, files, report } = await reading('connectors.csv', csv('Thing,Remark', 'Asana,fine'));
    expect(files[0]).toMatchObject({ outcome: 'not_placed' });
    expect(verdict('CLA-CON-06').reason).toContain(
      'No file was taken for the connectors table; connectors.csv may be it.',
    );
    expect(report.notRead.find(({ kind }) => kind === 'connectors')?.why).toContain(
      'connectors.csv may be it',
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
});
