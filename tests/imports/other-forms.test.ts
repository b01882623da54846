import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv, importOne } from './support.ts';

/** Files and words that people have and that no list of ours named. */

describe('a list of staff in the form of a directory or an address book', () => {
  it.each([
    [
      'people.json',
      'SCIM',
      JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 1,
        Resources: [
          {
            schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
            userName: 'ann@alder.example.org',
            active: true,
          },
        ],
      }),
    ],
    [
      'people.ldif',
      'LDIF',
      'version: 1\n\ndn: CN=Ann,OU=Staff,DC=alder\nobjectClass: user\ncn: Ann\nmail: ann@alder.example.org\n',
    ],
    ['people.vcf', 'vCard', 'BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEMAIL:ann@alder.example.org\nEND:VCARD\n'],
  ])('is refused with what it is and what to bring: %s', async (file, form, text) => {
    const { files, verdict } = await assessing({ files: { [file]: text } });
    const found = files.find((one) => one.file === file);
    expect(found).toMatchObject({ outcome: 'not_placed', problem: expect.stringContaining(form) });
    const roster = verdict('CLA-ACC-07');
    expect(roster.state).toBe('cannot_read');
  });
});

describe('words that limit or contradict', () => {
  const table = csv(
    'Connector,Action,Permission',
    'Asana,Read tasks,Always allow',
    'Asana,All other actions,Blocked',
  );
  const asana = { name: 'Asana', sensitivity: 'low', actions: { 'Read tasks': 'allow', '*': 'blocked' } };

  it('counts a table of one team as a part', async () => {
    const run = async (line: string) =>
      (
        await assessing({
          files: { 'connectors.csv': `${line}\n${table}` },
          charter: { connectors: [asana] },
        })
      ).verdict('CLA-CON-04').state;
    expect(await run('Team: IT and Operations')).toBe('pass');
    expect(await run('Team: Marketing only')).toBe('cannot_read');
  });

  it('does not take a system with member data for one of low sensitivity', async () => {
    const podio = {
      name: 'Podio',
      sensitivity: 'low',
      actions: { get_item: 'allow', '*': 'blocked' },
      effects: { get_item: 'read' },
    };
    const run = async (holdsMemberData: boolean) =>
      (
        await assessing({
          files: {
            'connectors.csv': csv(
              'Connector,Action,Permission',
              'Podio,get_item,Always allow',
              'Podio,All other actions,Blocked',
            ),
          },
          charter: { connectors: [{ ...podio, holdsMemberData }] },
        })
      ).verdict('CLA-CON-12').state;
    expect(await run(false)).toBe('pass');
    expect(await run(true)).toBe('fail');
  });

  it('asks about an account of the membership system that is called an administrator', async () => {
    const run = async (name: string) =>
      (
        await assessing({
          files: {},
          charter: {
            ams: {
              name: 'iMIS',
              methods: ['custom_mcp'],
              serviceAccount: { name, readOnly: true, admin: false, reviewed: '2026-09-01' },
            },
          },
        })
      ).verdict('CLA-CON-22').state;
    expect(await run('svc-claude-read')).toBe('pass');
    expect(await run('Administrator')).toBe('cannot_read');
    expect(await run('the shared staff login')).toBe('cannot_read');
  });

  it('reads whether a device is compliant in words', async () => {
    const { readings } = await importOne(
      'sign-ins.csv',
      csv(
        'Date (UTC),Username,Application,Application ID,IP address,Status,Compliant,Managed',
        ...['Yes', 'Not compliant', 'Compliant', 'perhaps'].map(
          (compliant, at) =>
            `2026-11-19T14:0${at}:11Z,ann@alder.example.org,Claude,5a3b1e00-1111-4222-8333-0123456789ab,192.0.2.10,Success,${compliant},Unmanaged`,
        ),
      ),
    );
    const rows = (readings.sign_ins ?? []).flatMap((one) => one.rows);
    expect(rows.map(({ compliantDevice }) => compliantDevice)).toEqual([true, false, true, null]);
    expect(rows.map(({ managedDevice }) => managedDevice)).toEqual([false, false, false, false]);
  });

  it('takes an expired or declined invitation for no seat', async () => {
    const { readings } = await importOne(
      'members.csv',
      csv(
        'Name,Email,Role,Seat Tier,Status',
        'Ann,ann@alder.example.org,Primary Owner,Standard,Active',
        'Bo,bo@alder.example.org,User,Standard,Expired',
        'Cy,cy@alder.example.org,User,Standard,Invitation declined',
        'Di,di@alder.example.org,User,Standard,Pending',
      ),
    );
    const rows = (readings.members ?? []).flatMap((one) => one.rows);
    expect(rows.map(({ name }) => name)).toEqual(['Ann', 'Di']);
  });
});

describe('a report of applications with clients and kilobytes', () => {
  it('is read in the unit of its headings', async () => {
    const { readings } = await importOne(
      'report-2026-11-20.csv',
      csv(
        'Application,Category,# Clients,Sent (kB),Received (kB)',
        'ChatGPT,Artificial Intelligence,5,2048,8192',
        'Claude,Artificial Intelligence,3,1024,4096',
        'YouTube,Video,9,1,2',
      ),
    );
    const rows = (readings.ai_traffic ?? []).flatMap((one) => one.rows);
    expect(rows.map(({ people, sent, received }) => [people, sent, received])).toEqual([
      [5, 2_048_000, 8_192_000],
      [3, 1_024_000, 4_096_000],
    ]);
  });
});
