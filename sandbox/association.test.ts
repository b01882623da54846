import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EvaluationState } from '../src/domain/decide/context.ts';
import type { DecisionInput } from '../src/domain/decide/input.ts';
import type { State, Verdict } from '../src/domain/model/verdict.ts';
import { decideAll, sandboxInput } from '../tests/support/sandbox.ts';
import { ASSOCIATION, associationFiles } from './generate.ts';

let input: DecisionInput;
let verdicts: ReadonlyMap<string, Verdict>;
beforeAll(async () => {
  input = await sandboxInput();
  verdicts = decideAll(input);
});

/** The table of README.md: control, state, and words that the reason must contain. */
const PLANTED: readonly (readonly [string, State, ...string[]])[] = [
  [
    'CLA-ACC-07',
    'fail',
    '3 of 64',
    'Tobin Achterberg',
    'Wren Castellane',
    'Ilse Marchetti',
    'Noor Vasquez-Lind',
  ],
  ['CLA-ACC-04', 'fail', 'Ilse Marchetti'],
  ['CLA-ACC-08', 'accepted', 'Jan 31, 2027', 'Mara Ellingsworth'],
  ['CLA-ACC-12', 'fail', 'Feb 2, 2027'],
  ['CLA-SHA-03', 'fail', 'Greta Holm', 'Omar Nasser', 'Yara Haddad'],
  ['CLA-SHA-04', 'fail', 'Yara Haddad'],
  ['CLA-CON-04', 'fail', 'Taskline'],
  ['CLA-CON-09', 'fail', 'Delete files or folders'],
  ['CLA-CON-10', 'fail', 'Delete files or folders'],
  ['CLA-CON-15', 'cannot_read', 'Jun 8, 2026'],
  ['CLA-CON-28', 'fail', 'Chrome'],
  ['CLA-OPS-14', 'fail', 'CON-28 on'],
  ['CLA-CON-25', 'fail', 'Miro'],
  ['CLA-VIS-03', 'fail', 'Hugo Castellan'],
  ['CLA-VIS-10', 'fail', 'cosmo.farquharson'],
  ['CLA-M365-09', 'pending', 'Dec 2, 2026'],
  ['CLA-M365-10', 'fail', 'compliant device or MFA'],
  ['CLA-M365-14', 'fail', 'Block sign-in from other countries'],
  ['CLA-M365-04', 'fail'],
  ['CLA-M365-06', 'fail', 'Mail.Send', 'MailboxSettings.ReadWrite'],
  ['CLA-M365-16', 'fail', 'priya.raman'],
  ['CLA-M365-17', 'fail', 'Wren Castellane'],
  ['CLA-OPS-05', 'fail', 'Tobin Achterberg'],
  ['CLA-OPS-10', 'fail'],
  ['CLA-POL-03', 'fail', '5 of 63', 'Hugo Castellan'],
  ['CLA-M365-11', 'not_licensed', 'guide', 'Business Premium'],
  ['CLA-ACC-15', 'not_licensed', 'Team'],
  ['CLA-VIS-05', 'not_licensed'],
  ['CLA-SHA-06', 'not_licensed'],
  ['CLA-SHA-07', 'policy_only'],
];

describe('the sandbox association', () => {
  it.each(PLANTED)('shows what is planted: %s is %s', (id, state, ...words) => {
    const verdict = verdicts.get(id);
    expect(verdict?.state, verdict?.reason).toBe(state);
    for (const word of words) expect(verdict?.reason).toContain(word);
  });

  it('does not name people who did nothing', () => {
    const people = new EvaluationState(input).people();
    const named = [...people.leavers, ...people.notOnRoster].map((person) => person.name).sort();
    expect(named).toEqual(['Ilse Marchetti', 'Noor Vasquez-Lind', 'Tobin Achterberg', 'Wren Castellane']);
    expect(people.toConfirm.map((person) => person.name)).toEqual(['Kit Hargreaves']);
    expect(people.withoutSeat.map((person) => person.name).sort()).toEqual([
      'Bram Oyelaran',
      'Lotte Fairweather',
    ]);
    expect(people.matched).toHaveLength(61);
  });

  it('matches what its generator makes', async () => {
    const files = await associationFiles();
    expect(filesBelow(ASSOCIATION)).toEqual([...files.keys()].sort());
    for (const [name, content] of files) {
      // A workbook is a ZIP archive with timestamps, so only its presence is compared.
      if (name.endsWith('.xlsx')) continue;
      expect(readFileSync(join(ASSOCIATION, name)).equals(Buffer.from(content)), name).toBe(true);
    }
  });

  it('is described in its README', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
    for (const [id] of PLANTED.filter(([, state]) => state !== 'policy_only'))
      expect(readme, id).toContain(id);
    expect(existsSync(ASSOCIATION)).toBe(true);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ASSOCIATION, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
