import type { Report } from '../model.ts';
import { ROWS } from './sample-controls.ts';
import { people } from './sample-people.ts';

type Control = Report['controls'][number];

/** What the controls that one looks at longest have beyond title and reason. */
export function details(id: string): Partial<Control> {
  return DETAILS[id] ?? {};
}

const ITEMS_OF_LEAVERS: Control['items'] = people().leavers.map((person) => ({
  key: person.key,
  label: person.name,
  detail: person.words,
  observations: person.observations,
}));

const DETAILS: Readonly<Record<string, Partial<Control>>> = {
  'CLA-ACC-07': {
    items: ITEMS_OF_LEAVERS,
    observations: [
      { kind: 'members', file: 'Claude members export.csv', observedOn: '2026-11-24', says: '64 rows' },
      { kind: 'roster', file: 'HR/Staff list Nov.xlsx', observedOn: '2026-11-23', says: '61 current staff' },
    ],
    guideSections: ['5.5', '6.6', '7.1'],
    remediation: {
      minutes: 10,
      who: 'An Owner or Admin of Claude, and HR',
      steps: [
        {
          do: 'Remove the seat in Claude.',
          where: 'Organization settings › Members › the person › Remove',
          checked: '2026-08-22',
          command: null,
          why: null,
        },
        {
          do: 'Take the person off the Claude app in Entra.',
          where: null,
          checked: null,
          command:
            'Get-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId $claude |\n  Where-Object PrincipalDisplayName -eq "Tobin Achterberg" |\n  ForEach-Object { Remove-MgServicePrincipalAppRoleAssignedTo -AppRoleAssignmentId $_.Id -ServicePrincipalId $claude }',
          why: 'Needed from 1 Dec 2026, when sign-in goes through Entra; otherwise the next sign-in adds the seat again.',
        },
        {
          do: 'Export the members file again and put it into the folder.',
          where: null,
          checked: null,
          command: null,
          why: 'The verdict turns to Pass only when the three names are gone from a newer file.',
        },
      ],
    },
  },
  'CLA-ACC-08': {
    exception: {
      reason: 'Ends with the move of the membership system',
      owner: 'Mara Ellingsworth',
      until: '2027-01-31',
      covers: 1,
    },
  },
  'CLA-CON-12': {
    exception: {
      reason: 'Task titles hold no member data',
      owner: 'Rafe Lindqvist',
      until: '2027-02-28',
      covers: 1,
    },
  },
  'CLA-M365-19': {
    exception: {
      reason: 'The replacement arrives on 27 Nov',
      owner: 'Mara Ellingsworth',
      until: '2026-11-30',
      covers: 1,
    },
  },
  'CLA-CON-10': {
    items: [
      {
        key: 'microsoft365_sharepoint/delete_item',
        label: 'SharePoint · Delete item',
        detail: 'Needs approval; charter v6 says Blocked.',
        observations: [
          {
            kind: 'connectors',
            file: 'connectors (Dana).xlsx',
            row: 17,
            observedOn: '2026-11-24',
            says: 'Needs approval',
          },
        ],
      },
      {
        key: 'microsoft365_outlook/send_mail',
        label: 'Outlook · Send mail',
        detail: 'Always allow; charter v6 says Blocked.',
        observations: [
          {
            kind: 'connectors',
            file: 'connectors (Dana).xlsx',
            row: 23,
            observedOn: '2026-11-24',
            says: 'Always allow',
          },
        ],
      },
    ],
  },
  'CLA-CON-15': {
    question:
      'Export the settings again (Organization settings › Data › Export settings) and put the file into the folder.',
    observations: [
      { kind: 'settings', file: 'old/settings.json', observedOn: '2026-09-08', says: '77 days old' },
    ],
    tried: [
      {
        rule: 'setting',
        state: 'cannot_read',
        reason: 'The settings file is 77 days old. It counts for 60.',
      },
      { rule: 'attested', state: 'cannot_read', reason: 'Nobody has stated what the screen shows.' },
    ],
  },
};

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
      'Multi-factor sign-in is on trial until 2 Dec 2026.',
      'Fail: 9 then, 13 now.',
      'Cannot read: 11 then, 7 now.',
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
        detail: 'Report-only until 2 Dec 2026.',
      },
      {
        control: 'CLA-CON-28',
        title: 'Claude in Chrome is decided',
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
  ) => ({ control, title, reason, owner, until, state, items });
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
      'The replacement arrives on 27 Nov',
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

export function risks(): Report['risks'] {
  return [
    {
      id: 'personal_device',
      title: 'A member of staff pastes member data into a personal account on a personal device',
      story:
        'A complaint file is copied to a phone and summarised in a private account. Nothing on the Society’s side sees it.',
      policyOnly: true,
      standing: 'No technology prevents this; the policy is the control. 58 of 64 have acknowledged it.',
      residual: 'Everything that a person can read, a person can carry away.',
      controls: [
        { control: 'CLA-SHA-07', title: 'Personal accounts on personal devices', state: 'policy_only' },
        { control: 'CLA-POL-03', title: 'Every seat holder acknowledged the current version', state: 'fail' },
      ],
      layers: [
        {
          layer: 'claude_team',
          guide: 'Nothing.',
          vendor: 'Nothing.',
          status: 'agrees',
          coverage: 'policy_only',
        },
        {
          layer: 'claude_enterprise',
          guide: 'Nothing.',
          vendor: 'Nothing.',
          status: 'agrees',
          coverage: 'policy_only',
        },
        {
          layer: 'network_endpoint',
          guide: 'Only on managed networks.',
          vendor: 'Only where traffic is inspected, and only with the account restriction header.',
          status: 'narrows',
          coverage: 'partly',
        },
      ],
    },
    {
      id: 'leaver_access',
      title: 'A person who has left still reads what Claude can reach',
      story: 'The seat outlives the contract, and so do the mail and file connections that the person made.',
      policyOnly: false,
      standing:
        'Failing: Only current staff hold a seat. On plan, not yet due: Connectors of leavers are removed.',
      residual: 'Until the next export, a seat that was given back by hand is not known.',
      controls: [
        { control: 'CLA-ACC-07', title: 'Only current staff hold a seat', state: 'fail' },
        { control: 'CLA-ACC-15', title: 'Directory sync removes leavers', state: 'not_licensed' },
        { control: 'CLA-M365-17', title: 'Entra accounts of leavers are disabled', state: 'pass' },
      ],
      layers: [
        { layer: 'claude_team', guide: 'By hand.', vendor: 'By hand.', status: 'agrees', coverage: 'partly' },
        {
          layer: 'claude_enterprise',
          guide: 'Directory sync.',
          vendor: 'Directory sync.',
          status: 'agrees',
          coverage: 'covers',
        },
      ],
    },
  ];
}

const ARTICLE = {
  title: 'Set up single sign-on',
  url: 'https://support.claude.com/en/articles/13132885',
  read: '2026-08-22',
};
const LEARN = {
  title: 'Licensing guidance',
  url: 'https://learn.microsoft.com/en-us/office365/servicedescriptions/microsoft-365-service-descriptions/microsoft-365-tenantlevel-services-licensing-guidance',
  read: '2025-09-24',
};

export function differing(): Report['facts'] {
  const fact = (
    id: string,
    title: string,
    guide: string | null,
    vendor: string,
    status: Report['facts'][number]['status'],
    has: Report['facts'][number]['has'],
    hasReason: string,
    source = ARTICLE,
  ) => ({
    id,
    title,
    guide,
    guideAsOf: guide === null ? null : '2026-05',
    guideRows: ['G1.1-05'],
    vendor,
    vendorAsOf: source.read,
    status,
    has,
    hasReason,
    sources: [source],
  });
  return [
    fact(
      'claude.scim',
      'Automatic removal of leavers',
      'Enterprise only; on Team, remove by hand.',
      'Directory sync is part of Enterprise, not of Team.',
      'agrees',
      'no',
      'Needs Claude Enterprise.',
    ),
    fact(
      'claude.jit',
      'Removing one person',
      'Remove from Members on the day of departure.',
      'With just-in-time sign-in, remove in Claude and in Entra.',
      'adds',
      'yes',
      'Part of Claude Team.',
    ),
    fact(
      'microsoft.dlp_endpoint',
      'Endpoint data loss prevention',
      'Included in Business Premium.',
      'Not included in Business Premium; part of Purview Suite.',
      'contradicts',
      'no',
      'Needs Purview Suite for Business Premium.',
      LEARN,
    ),
    fact(
      'claude.sso',
      'Single sign-on',
      'Team and Enterprise.',
      'Team and Enterprise; the domain must be verified first.',
      'narrows',
      'yes',
      'Part of Claude Team.',
    ),
    fact(
      'claude.restrict_org_creation',
      'Restricting new organisations',
      null,
      'An Owner can stop new organisations on a verified domain.',
      'adds',
      'unknown',
      'Whether it is switched on cannot be read from a file.',
    ),
  ];
}
