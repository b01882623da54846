import type { Report } from '../model.ts';
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
          where: 'Organization settings > Members > the person > Remove',
          checked: '2026-08-22',
          command: null,
          why: null,
        },
        {
          do: 'Remove the person from the Claude app in Entra.',
          where: null,
          checked: null,
          command:
            'Get-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId $claude |\n  Where-Object PrincipalDisplayName -eq "Tobin Achterberg" |\n  ForEach-Object { Remove-MgServicePrincipalAppRoleAssignedTo -AppRoleAssignmentId $_.Id -ServicePrincipalId $claude }',
          why: 'Needed from Dec 1, 2026, when sign-in goes through Entra; otherwise the next sign-in adds the seat again.',
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
      reason: 'The replacement arrives on Nov 27',
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
      'Export the settings again (Organization settings > Data > Export settings) and put the file into the folder.',
    observations: [
      { kind: 'settings', file: 'old/settings.json', observedOn: '2026-09-08', says: '77 days old' },
    ],
    tried: [
      {
        rule: 'setting',
        state: 'cannot_read',
        reason: 'The settings file is 77 days old. It is valid for 60 days.',
      },
      { rule: 'attested', state: 'cannot_read', reason: 'No one has stated what the screen shows.' },
    ],
  },
};
