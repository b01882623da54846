import type { Report } from '../model.ts';
import { ROWS } from './sample-controls.ts';

export function actions(): Report['nextActions'] {
  const fixes = ROWS.filter(([, , state]) => state === 'fail').map(
    ([id, severity, , title, reason], index) => ({
      kind: 'fix' as const,
      title:
        index === 1
          ? 'Remove the seats of the three people who have left.'
          : `See to it that this holds: ${title}.`,
      detail: reason,
      controls: [`CLA-${id}`],
      severity,
      minutes: 10 + index * 5,
      due: index === 1 ? '2026-11-27' : null,
    }),
  );
  const order = ['critical', 'high', 'medium', 'low'];
  fixes.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const bring: Report['nextActions'] = [
    {
      kind: 'bring',
      title: 'Export the settings again and put the file into the folder.',
      detail: 'Decides 2 controls that cannot be read now.',
      controls: ['CLA-CON-15', 'CLA-CON-16'],
      severity: 'high',
      minutes: null,
      due: null,
    },
    {
      kind: 'bring',
      title: 'State the scopes meant to be granted under “connectorScopes” in the charter.',
      detail: 'The charter does not say which scopes were meant to be granted.',
      controls: ['CLA-M365-06'],
      severity: 'high',
      minutes: null,
      due: null,
    },
  ];
  const wait: Report['nextActions'] = ROWS.filter(([, , state]) => state === 'pending').map(
    ([id, severity, , title, reason]) => ({
      kind: 'wait',
      title,
      detail: reason,
      controls: [`CLA-${id}`],
      severity,
      minutes: 5,
      due: '2026-12-02',
    }),
  );
  return [...fixes.slice(0, 3), ...bring, ...fixes.slice(3), ...wait];
}

export function changes(): NonNullable<Report['changes']> {
  return {
    since: '2026-08-28',
    lines: [
      '4 personal accounts on the domain were closed; 3 remain.',
      'Multi-factor sign-in is on trial until Dec 2, 2026.',
      'Fail: 9 then, 13 now.',
      'Cannot read: 11 then, 7 now.',
    ],
    figures: [
      { of: 'fail', before: 9, now: 13 },
      { of: 'cannot_read', before: 11, now: 7 },
      { of: 'personalAccounts', before: 7, now: 3 },
    ],
    controls: [
      {
        control: 'CLA-ACC-07',
        title: 'Only current staff hold a seat',
        from: 'fail',
        to: 'fail',
        detail: '1 listed then, 3 now.',
      },
      {
        control: 'CLA-CON-09',
        title: 'No action is wider than the charter',
        from: 'pass',
        to: 'fail',
        detail: 'SharePoint “Delete item” is Needs approval; charter v6 says Blocked.',
      },
      {
        control: 'CLA-M365-09',
        title: 'Multi-factor sign-in is required for Claude',
        from: 'fail',
        to: 'pending',
        detail: 'Report-only until Dec 2, 2026.',
      },
      {
        control: 'CLA-CON-28',
        title: 'A decision on Claude in Chrome is on record',
        from: null,
        to: 'pass',
        detail: 'New in the catalogue.',
      },
      {
        control: 'CLA-OPS-99',
        title: 'A control of an older catalogue',
        from: 'pass',
        to: null,
        detail: 'No longer in the catalogue.',
      },
    ],
  };
}

export function exceptions(): Report['exceptions'] {
  const one = (
    control: string,
    title: string,
    reason: string,
    owner: string,
    until: string,
    state: Report['exceptions'][number]['state'],
    items: string[],
  ) => ({ control, title, wrong: null, reason, owner, until, state, items });
  return [
    one(
      'CLA-ACC-08',
      'No shared or service account holds a seat',
      'Ends with the move of the membership system',
      'Mara Ellingsworth',
      '2027-01-31',
      'in_force',
      ['membership@alder.example.org'],
    ),
    one(
      'CLA-CON-12',
      'Always allow is only for reads on low-sensitivity systems',
      'Task titles hold no member data',
      'Rafe Lindqvist',
      '2027-02-28',
      'in_force',
      ['asana/update_task'],
    ),
    one(
      'CLA-M365-19',
      'Staff devices are ready for the compliance policy',
      'The replacement arrives on Nov 27',
      'Mara Ellingsworth',
      '2026-11-30',
      'in_force',
      ['map-library-01'],
    ),
    one(
      'CLA-CON-09',
      'No action is wider than the charter',
      '=HYPERLINK("https://evil.example/","renew")',
      '<b onmouseover=alert(1)>Mallory</b>',
      '2026-10-31',
      'ended',
      [],
    ),
    one(
      'CLA-ACC-07',
      'Only current staff hold a seat',
      'Hand-over of the map archive',
      'Rafe Lindqvist',
      '2026-12-31',
      'not_signed',
      ['tobin.achterberg@alder.example.org'],
    ),
  ];
}
