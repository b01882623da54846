import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';
import { csv, importOne } from './support.ts';
import { row, workbook } from './workbook-builder.ts';

const CHARTER = {
  connectors: [{ name: 'Asana', actions: { 'Read tasks': 'allow', 'Create tasks': 'ask', '*': 'blocked' } }],
};
const ACTIONS = [
  ['Read tasks', 'Always allow'],
  ['Create tasks', 'Needs approval'],
  ['Change tasks', 'Blocked'],
  ['Delete tasks', 'Blocked'],
] as const;
const table = (
  heading: string,
  states = 'Permission',
  lines: readonly (readonly [string, string])[] = ACTIONS,
) => csv(`Connector,${heading},${states}`, ...lines.map(([action, state]) => `Asana,${action},${state}`));
const CONTROLS = ['CLA-CON-06', 'CLA-CON-09', 'CLA-CON-10', 'CLA-CON-11', 'CLA-CON-12'];

describe('a connectors table of which a column is not known', () => {
  it('passes where each column is known', async () => {
    const { verdict } = await assessing({ files: { 'connectors.csv': table('Action') }, charter: CHARTER });
    for (const control of CONTROLS) expect([control, verdict(control).state]).toEqual([control, 'pass']);
  });

  it('gives no state to any action where the column of actions is not known, and names the column', async () => {
    const { verdict, files } = await assessing({
      files: { 'connectors.csv': table('What Claude may do there') },
      charter: CHARTER,
    });
    for (const control of CONTROLS) {
      expect([control, verdict(control).state]).toEqual([control, 'cannot_read']);
      expect(`${verdict(control).reason} ${verdict(control).question}`).toContain(
        '“What Claude may do there”',
      );
    }
    const [file] = files.filter(({ kind }) => kind === 'connectors');
    expect(file?.unmapped).toEqual(['What Claude may do there']);
    expect(file?.notes[0]).toMatchObject({ row: 2, column: 'What Claude may do there' });
  });

  it('does not call a state empty that stands in a column it does not know', async () => {
    const { verdict } = await assessing({
      files: { 'connectors.csv': table('Action', 'What Claude does then') },
      charter: CHARTER,
      map: [{ kind: 'connectors', file: 'connectors.csv' }],
    });
    for (const control of CONTROLS) {
      // Without a column of states, the file cannot be a connectors table: it is refused, and the column is named.
      expect([control, verdict(control).state]).toEqual([control, 'cannot_read']);
    }
    const enabled = csv(
      'Connector,Action,What Claude does then,Enabled',
      ...ACTIONS.map(([action]) => `Asana,${action},see the sheet,yes`),
    );
    const read = await assessing({ files: { 'connectors.csv': enabled }, charter: CHARTER });
    for (const control of CONTROLS) {
      expect([control, read.verdict(control).state]).toEqual([control, 'cannot_read']);
      expect(`${read.verdict(control).reason} ${read.verdict(control).question}`).toContain(
        '“What Claude does then”',
      );
    }
  });

  it('does not call an action unset that is marked in a column it does not know', async () => {
    const { readings } = await importOne(
      'connectors.csv',
      csv(
        'Connector,Action,Always allow,With a click,Blocked',
        'Asana,Create tasks,,x,',
        'Asana,Delete tasks,,,x',
      ),
    );
    const rows = (readings.connectors ?? []).flatMap((one) => one.rows);
    expect(rows.map(({ state, unread }) => [state, unread ?? null])).toEqual([
      [null, { field: 'state', columns: ['With a click'] }],
      ['blocked', null],
    ]);
  });

  it('takes a permission without an action for no permission of all actions', async () => {
    const { verdict } = await assessing({
      files: { 'connectors.csv': csv('Connector,Action,State', 'Asana,,Blocked') },
      charter: CHARTER,
    });
    for (const control of CONTROLS)
      expect([control, verdict(control).state]).toEqual([control, 'cannot_read']);
    const spoken = await assessing({
      files: { 'connectors.csv': csv('Connector,Action,State', 'Asana,*,Blocked') },
      charter: CHARTER,
    });
    for (const control of CONTROLS)
      expect([control, spoken.verdict(control).state]).toEqual([control, 'pass']);
  });
});

describe('a state that is not sure to be how the tool is set', () => {
  const lines = (of: string, more = '') =>
    ACTIONS.map(([action, state]) => `Asana,${action},${action === 'Delete tasks' ? of : state}${more}`);
  const states = async (text: string) => {
    const { verdict } = await assessing({ files: { 'connectors.csv': text }, charter: CHARTER });
    return verdict('CLA-CON-10').state;
  };

  it.each(['Blocked*', 'Blocked †', '~~Blocked~~', 'Blocked?'])('is not known as %s', async (state) => {
    expect(await states(csv('Connector,Action,Permission', ...lines(state)))).toBe('cannot_read');
  });

  it.each(['**Blocked**', '(Blocked)', 'Blocked.'])('is known as %s', async (state) => {
    expect(await states(csv('Connector,Action,Permission', ...lines(state)))).toBe('pass');
  });

  it.each([
    'except Finance: Always allow',
    'Actually set to Always allow',
    'Not changed yet in Claude',
    'TODO with the vendor',
  ])('is not known beside the remark %j', async (remark) => {
    const noted = (of: string) => csv('Connector,Action,Permission,Notes', ...lines('Blocked', of));
    expect(await states(noted(`,${remark}`))).toBe('cannot_read');
    expect(await states(noted(',Was Always allow until September'))).toBe('pass');
    expect(await states(noted(',Guide: Needs approval'))).toBe('pass');
  });

  it.each(['Approval', 'Approval mode'])('is not known as Never under the heading %s', async (heading) => {
    expect(await states(csv(`Connector,Action,${heading}`, ...lines('Never')))).toBe('cannot_read');
    expect(await states(csv(`Connector,Action,${heading}`, ...lines('Blocked')))).toBe('pass');
  });

  it('is that of everyone beside a tool whose connector is not connected for the person who looks', async () => {
    const seen = csv('Connector,Action,Permission,Status', ...lines('Always allow', ',Not connected'));
    expect(await states(seen)).toBe('fail');
  });
});

describe('an action whose state is empty', () => {
  it('is unknown although a line for all other actions says Blocked', async () => {
    const { verdict } = await assessing({
      files: {
        'connectors.csv': table('Action', 'State', [
          ['Read tasks', 'Always allow'],
          ['Delete tasks', ''],
          ['All other actions', 'Blocked'],
        ]),
      },
      charter: CHARTER,
    });
    expect(verdict('CLA-CON-06').state).toBe('fail');
    expect(verdict('CLA-CON-06').reason).toContain('Asana “Delete tasks”');
    for (const control of ['CLA-CON-09', 'CLA-CON-10', 'CLA-CON-12']) {
      expect([control, verdict(control).state]).toEqual([control, 'cannot_read']);
      expect(verdict(control).reason).toContain('Asana “Delete tasks”');
    }
  });

  it('is unknown although its class has a state', async () => {
    const { verdict } = await assessing({
      files: {
        'connectors.csv': table('Action', 'State', [
          ['read-only tools', 'Always allow'],
          ['Delete tasks', ''],
          ['write/delete tools', 'Blocked'],
        ]),
      },
      charter: CHARTER,
    });
    expect(verdict('CLA-CON-10').state).toBe('cannot_read');
    expect(verdict('CLA-CON-10').reason).toContain('Asana “Delete tasks”');
  });
});

describe('a connectors table with the actions as columns', () => {
  it('is refused with the form to bring, and nothing is made up from it', async () => {
    const { report, readings } = await importOne(
      'connectors.csv',
      csv(
        'Connector,Enabled,Search email,Send email,Delete email',
        'Outlook,Yes,Always allow,Blocked,Blocked',
        'Gmail,Yes,Needs approval,Blocked,Blocked',
      ),
      { options: { map: [{ kind: 'connectors', file: 'connectors.csv' }] } },
    );
    expect(report.outcome).toBe('malformed');
    expect(report.problem).toMatch(/one line for each connector and action/);
    expect(readings).toEqual({});
  });

  it('says which form to bring where each action is a column, with a column of what is enabled or without', async () => {
    for (const [head, cells] of [
      ['Connector,Read files,Edit file,Delete file', 'Microsoft 365,Always allow,Needs approval,Blocked'],
      [
        'Connector,Enabled,Read files,Edit file,Delete file',
        'Microsoft 365,yes,Always allow,Needs approval,Blocked',
      ],
    ] as const) {
      const { verdict, files } = await assessing({
        files: { 'list.csv': csv(head, cells, cells.replace('Microsoft 365', 'iMIS')) },
        charter: CHARTER,
      });
      const [file] = files.filter(({ file }) => file === 'list.csv');
      expect(file).toMatchObject({ outcome: 'malformed', kind: 'connectors' });
      expect(file?.problem).toContain('one line for each connector and action');
      for (const control of CONTROLS)
        expect([control, verdict(control).state]).toEqual([control, 'cannot_read']);
    }
  });
});

it.each([
  ['No', '', 'pass'],
  ['No*', '', 'fail'],
  ['No', 'still enabled for Finance', 'fail'],
  ['No', 'Not yet done', 'fail'],
  ['No', 'Removed in June', 'pass'],
])('counts a connector as off where its line says “%s” and “%s”: %s', async (enabled, note, state) => {
  const text = csv(
    'Connector,Action,Permission,Enabled,Notes',
    ...ACTIONS.map(([action, permission]) => `Asana,${action},${permission},Yes,`),
    `Gmail,,,${enabled},${note}`,
  );
  const { verdict } = await assessing({ files: { 'connectors.csv': text }, charter: CHARTER });
  expect(verdict('CLA-CON-04').state).toBe(state);
});

it('takes a table below which “Showing 4 of 40 actions” stands for a part', async () => {
  const { verdict } = await assessing({
    files: { 'connectors.csv': `${table('Action')}Showing 4 of 40 actions\n` },
    charter: CHARTER,
  });
  expect(verdict('CLA-CON-09').state).toBe('cannot_read');
});

it('calls a connector custom where a column of its own says so', async () => {
  const state = async (heading: string, of: string) => {
    const text = csv(
      `Connector,Action,Permission,${heading}`,
      ...ACTIONS.map(([action, permission]) => `Asana,${action},${permission},${of}`),
    );
    const { verdict } = await assessing({ files: { 'connectors.csv': text }, charter: CHARTER });
    return verdict('CLA-CON-21').state;
  };
  expect(await state('Type', 'Custom')).toBe('fail');
  expect(await state('Custom connector', 'Yes')).toBe('fail');
  expect(await state('Type', 'Directory')).toBe('pass');
  expect(await state('Custom connector', 'No')).toBe('pass');
});

describe('what in a connectors table is no connector', () => {
  const read = async (...lines: string[]) => {
    const { readings } = await importOne('connectors.csv', csv(...lines));
    return (readings.connectors ?? []).flatMap(({ rows }) => rows);
  };
  const LINES = ['Asana,Read tasks,Always allow', 'Asana,Delete tasks,Blocked'];

  it.each([
    'Green,,Always allow',
    'Green,Always allow,',
    '# checked by Ruth,,',
    'Reviewed by Ruth Egan,,',
    'x = not offered,,',
    '(see the charter),,',
  ])('leaves out the line of a legend or comment %j', async (line) => {
    expect(
      (await read('Connector,Action,Permission', ...LINES, line)).map(({ connector }) => connector),
    ).toEqual(['Asana', 'Asana']);
  });

  it('keeps a connector that stands alone in its line', async () => {
    expect((await read('Connector,Action,Permission', ...LINES, 'Chapter Portal,,')).at(-1)?.connector).toBe(
      'Chapter Portal',
    );
  });

  it('takes the kind of system from its column, and no kind of tools for one', async () => {
    const systems = await read(
      'Connector,Category,Action,Permission',
      'Guild Base,Membership system,Find member,Always allow',
      'Asana,Project management,Read tasks,Always allow',
    );
    expect(systems.map(({ system, action }) => [system, action])).toEqual([
      ['Membership system', 'Find member'],
      ['Project management', 'Read tasks'],
    ]);
    const tools = await read(
      'Connector,Category,Permission',
      'Asana,Read-only tools,Always allow',
      'Asana,Write/delete tools,Blocked',
    );
    expect(tools.map(({ system, action }) => [system, action])).toEqual([
      [undefined, 'Read-only tools'],
      [undefined, 'Write/delete tools'],
    ]);
  });

  it('asks which connector a sheet is about where the line above its table names another one', async () => {
    const bookOf = (title: string) =>
      workbook({
        name: 'Slack',
        xml: `<sheetData>${[[title], ['Action', 'Permission'], ...ACTIONS].map((cells, at) => row(at + 1, cells)).join('')}</sheetData>`,
      });
    const connectorsOf = async (title: string) => {
      const { readings } = await importOne('connectors.xlsx', bookOf(title));
      return (readings.connectors ?? []).flatMap(({ rows }) =>
        rows.map(({ connector, unread }) => unread?.field ?? connector),
      );
    };
    expect(await connectorsOf('Asana – tool permissions')).toEqual(ACTIONS.map(() => 'connector'));
    expect(await connectorsOf('Slack – tool permissions')).toEqual(ACTIONS.map(() => 'Slack'));
    expect(await connectorsOf('Tool permissions')).toEqual(ACTIONS.map(() => 'Slack'));
  });
});

describe('a connectors table whose connectors are alone in a line above their actions', () => {
  const grouped = (send: string, ...title: string[]) =>
    csv(
      ...title,
      'Action,Permission,Enabled',
      'Asana,,',
      ...ACTIONS.map(([action, state]) => `${action},${state},yes`),
      'Gmail:,,',
      'Search email,Always allow,yes',
      `Send email,${send},yes`,
      'All other actions,Blocked,yes',
    );
  const BOTH = {
    connectors: [
      ...CHARTER.connectors,
      { name: 'Gmail', actions: { 'Search email': 'allow', '*': 'blocked' } },
    ],
  };

  it('is read, below a title too, and a note says how', async () => {
    for (const title of [[], ['Alder Society - Connectors', 'Checked by Kim Vale', '']]) {
      const { verdict, files } = await assessing({
        files: { 'connectors.csv': grouped('Blocked', ...title) },
        charter: BOTH,
      });
      expect(verdict('CLA-CON-04').state).toBe('pass');
      expect(verdict('CLA-CON-09').state).toBe('pass');
      const [file] = files.filter(({ kind }) => kind === 'connectors');
      expect(file).toMatchObject({ outcome: 'taken', rows: 7 });
      expect(file?.notes[0]?.says).toContain('alone above');
    }
    const open = await assessing({ files: { 'connectors.csv': grouped('Always allow') }, charter: BOTH });
    expect(open.verdict('CLA-CON-09').state).toBe('fail');
    expect(open.verdict('CLA-CON-10').state).toBe('fail');
  });

  it('is refused if a line may name a kind of action, or no connector is above the first action', async () => {
    for (const lines of [
      ['Asana,,', 'Read-only tools,,', 'Read tasks,Always allow,yes', 'Delete tasks,Blocked,yes'],
      ['Read tasks,Always allow,yes', 'Gmail,,', 'Search email,Always allow,yes', 'Send email,Blocked,yes'],
    ]) {
      const { files } = await assessing({
        files: { 'connectors.csv': csv('Action,Permission,Enabled', ...lines) },
        charter: BOTH,
        map: [{ kind: 'connectors', file: 'connectors.csv' }],
      });
      const [file] = files.filter(({ kind }) => kind === 'connectors');
      expect(file).toMatchObject({ outcome: 'malformed', problem: expect.stringContaining('connector') });
    }
  });
});

describe('a line of a connectors table that names two connectors', () => {
  it('approves neither by the other', async () => {
    const files = {
      'connectors.csv': `${table('Action')}Asana / Slack,Read tasks,Always allow\n`,
    };
    const { verdict } = await assessing({ files, charter: CHARTER });
    expect(verdict('CLA-CON-04')).toMatchObject({ state: 'fail', reason: expect.stringContaining('Slack') });
    expect(verdict('CLA-CON-04').reason).not.toContain('Asana');
    const both = { connectors: [...CHARTER.connectors, { name: 'Slack', actions: { '*': 'blocked' } }] };
    expect((await assessing({ files, charter: both })).verdict('CLA-CON-04').state).toBe('pass');
  });
});
