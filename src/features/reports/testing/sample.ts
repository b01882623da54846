import { AREA_WORDS } from '#domain/labels.ts';
import { AREAS, type Area } from '#domain/model/catalogue.ts';
import { STATES, type State } from '#domain/model/verdict.ts';
import type { Report } from '../model.ts';
import { board } from './sample-board.ts';
import { ROWS } from './sample-controls.ts';
import { details } from './sample-details.ts';
import { differing, risks } from './sample-facts.ts';
import { files, notRead } from './sample-files.ts';
import { people } from './sample-people.ts';
import type { SampleRow } from './sample-row.ts';
import { upgrades } from './sample-upgrades.ts';
import { actions, changes, exceptions } from './sample-work.ts';

/**
 * A report about an association that does not exist: 97 controls in all eight states, long and hostile names. It is
 * for looking at and for tests; its figures agree with each other.
 */
export function sampleReport(): Report {
  const counts = tally(ROWS);
  return {
    schema: 'bylaw.report/1',
    generator: { name: 'Bylaw', version: '0.1.0' },
    client: {
      name: 'Alder Society of Landscape Surveyors',
      domains: ['alder.example.org', 'aldersurveyors.example'],
      claudePlan: 'Claude Team',
      claudeSeats: 70,
      m365: 'Microsoft 365 Business Premium (licenses file of Nov 20, 2026)',
      swg: null,
      siem: null,
      deviceManagement: null,
      staffCount: 61,
      timezone: 'America/New_York',
    },
    preparedBy: 'Kestrel Lane IT',
    asOf: '2026-11-24',
    factsAsOf: '2026-08-22',
    summary: {
      headline: `Of ${ROWS.length} controls, ${counts.pass} pass and ${counts.fail} fail. 3 failures are critical: “Only current staff hold a seat”, “No action is wider than the charter” and “Delete, send and admin actions are blocked”. ${counts.cannot_read} controls could not be read, so nothing is claimed about them.`,
      points: [
        {
          state: 'fail',
          bold: 'Three former staff can still open Claude.',
          rest: 'Removal has started for one of them.',
          control: 'CLA-ACC-07',
        },
        {
          state: 'fail',
          bold: 'SharePoint “Delete item” is open and the charter says Blocked.',
          rest: 'It was changed after the last review and no one has noted an approval.',
          control: 'CLA-CON-09',
        },
        {
          state: 'fail',
          bold: 'A connector no one approved, Taskline, is switched on.',
          rest: 'The governance owner decides this week.',
          control: 'CLA-CON-04',
        },
        {
          state: 'policy_only',
          bold: 'No technology can stop personal use on a personal device.',
          rest: '58 of 64 have acknowledged the policy.',
          control: 'CLA-SHA-07',
        },
      ],
    },
    counts,
    total: ROWS.length,
    areas: AREAS.map((area) => {
      const rows = ROWS.filter((row) => areaOf(row) === area);
      return { area, name: AREA_WORDS[area], counts: tally(rows), total: rows.length };
    }),
    nextActions: actions(),
    changes: changes(),
    controls: ROWS.map(control),
    people: people(),
    exceptions: exceptions(),
    risks: risks(),
    board: board(ROWS, counts),
    upgrades: upgrades(),
    facts: differing(),
    files: files(),
    notRead: notRead(),
  };
}

const AREA_LETTERS: Readonly<Record<string, Area>> = {
  ACC: 'accounts',
  CON: 'connectors',
  SHA: 'personal_accounts',
  VIS: 'visibility',
  M365: 'microsoft',
  OPS: 'operations',
  POL: 'policy',
};
const areaOf = ([id]: SampleRow): Area => AREA_LETTERS[id.split('-')[0] ?? ''] ?? 'policy';

function tally(rows: readonly SampleRow[]): Record<State, number> {
  const counts = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>;
  for (const [, , state] of rows) counts[state] += 1;
  return counts;
}

/** What a kind of control is read from, when the sample says nothing more. */
const READ_FROM: Readonly<Record<Area, { kind: string; file: string; on: string }>> = {
  accounts: { kind: 'members', file: 'Claude members export.csv', on: '2026-11-24' },
  connectors: { kind: 'connectors', file: 'connectors (Dana).xlsx', on: '2026-11-24' },
  personal_accounts: { kind: 'domain_memberships', file: 'domain-memberships.json', on: '2026-11-20' },
  visibility: { kind: 'audit_log', file: 'logs/audit_2026-11-23.zip', on: '2026-11-23' },
  microsoft: { kind: 'ca_policies', file: 'graph/policies.json', on: '2026-11-20' },
  operations: { kind: 'journal', file: 'journal.yaml', on: '2026-11-24' },
  policy: { kind: 'acknowledgements', file: 'policy v3 signatures.csv', on: '2026-11-22' },
};

const READ_STATES: readonly State[] = ['pass', 'fail', 'pending', 'accepted'];

function control(row: SampleRow): Report['controls'][number] {
  const [id, severity, state, title, reason] = row;
  const area = areaOf(row);
  const from = READ_FROM[area];
  const read = READ_STATES.includes(state);
  return {
    id: `CLA-${id}`,
    version: 1,
    title,
    area,
    severity,
    concerns: area === 'policy' ? 'governance_owner' : 'it_lead',
    state,
    reason,
    question:
      state === 'cannot_read'
        ? 'Export the file again and put it into the folder, or state what you see in attestations.yaml.'
        : null,
    due: state === 'pending' ? '2026-12-02' : null,
    goodUntil: read ? '2026-12-24' : null,
    items: [],
    observations: read
      ? [{ kind: from.kind, file: from.file, observedOn: from.on, says: 'Read as a whole' }]
      : [],
    exception: null,
    rule: read ? 'sample' : null,
    tried: [{ rule: 'sample', state: state === 'accepted' ? 'fail' : state, reason }],
    why: 'A member trusts the Society with an address, a license number and sometimes a complaint. Anyone who reaches Claude reaches what Claude can open.',
    guide: ['G2.2-01'],
    guideSections: ['2.2', '5.5'],
    remediation: {
      minutes: 15,
      who: 'An Owner of the Claude organization',
      steps: [
        {
          do: `See to it that this holds: ${title.charAt(0).toLowerCase()}${title.slice(1)}.`,
          where: 'Organization settings > General',
          checked: '2026-08-22',
          command: null,
          why: null,
        },
        {
          do: 'Export the file again and put it into the folder.',
          where: null,
          checked: null,
          command: null,
          why: 'The verdict turns to Pass only when a newer file shows it.',
        },
      ],
    },
    facts:
      area === 'accounts'
        ? ['claude.scim', 'claude.jit']
        : area === 'microsoft'
          ? ['microsoft.dlp_endpoint']
          : [],
    sources: [
      { title: 'Manage members', url: 'https://support.claude.com/en/articles/13133195', read: '2026-08-22' },
    ],
    ...details(`CLA-${id}`),
  };
}
