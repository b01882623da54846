import { SCOPES } from '#domain/model/catalogue.ts';
import { SEVERITIES, type State } from '#domain/model/verdict.ts';
import type { Board } from '../board/model.ts';
import { risks } from './sample-facts.ts';
import type { SampleRow } from './sample-row.ts';

const HEADLINES: Readonly<Record<string, string>> = {
  'ACC-07': 'Three former staff can still open Claude',
  'CON-04': 'A connector that no one approved is switched on: Taskline',
  'CON-09': 'One action of a connector is open wider than we decided: SharePoint “Delete item”',
  'SHA-07': 'No technology can stop personal use of AI on a personal device',
};

/** What the board's report says of the sample: a headline for each failing control, decisions, earlier months of which one has no reading. */
export function board(rows: readonly SampleRow[], counts: Readonly<Record<State, number>>): Board {
  const of = (wanted: 'fail' | 'policy_only') =>
    rows
      .filter(([, , state]) => state === wanted)
      .sort((a, b) => SEVERITIES.indexOf(a[1]) - SEVERITIES.indexOf(b[1]))
      .map(([id, , , title]) => ({
        control: `CLA-${id}`,
        state: wanted,
        code: 'sample',
        listed: 0,
        headline: HEADLINES[id] ?? `Not as it should be: ${title}`,
        rest: '',
        action: 'Put it right',
      }));
  const earlier = (day: string, fail: number) => ({
    day,
    counts: { ...counts, fail, pass: counts.pass + counts.fail - fail },
    total: rows.length,
  });
  return {
    findings: [...of('fail'), ...of('policy_only')],
    asks: [
      {
        kind: 'exception_ends',
        control: 'CLA-ACC-08',
        subject: 'ends with the move to the new membership system',
        who: 'Mara Ellingsworth',
        role: 'governance_owner',
        by: '2027-01-15',
        since: null,
      },
      {
        kind: 'see_done',
        control: 'CLA-ACC-07',
        subject: 'Remove the people who have left from Claude',
        who: null,
        role: 'it_admin',
        by: null,
        since: null,
      },
    ],
    risks: risks().map(({ id }) => ({
      risk: id,
      standing: 'open',
      scopes: SCOPES.map((scope, at) => ({
        scope,
        state: at === 0 ? 'fail' : null,
        hold: 0,
        of: at === 0 ? 2 : 0,
      })),
    })),
    history: [
      earlier('2026-08-31', 18),
      earlier('2026-09-30', 16),
      { day: '2026-10-31', counts: null, total: 0 },
      earlier('2026-11-24', counts.fail),
    ],
  };
}
