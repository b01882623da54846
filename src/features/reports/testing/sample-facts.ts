import type { Report } from '../model.ts';

export function risks(): Report['risks'] {
  return [
    {
      id: 'personal_device',
      title: 'A member of staff pastes member data into a personal account on a personal device',
      story:
        'A complaint file is copied to a phone and summarized in a private account. Nothing on the Society’s side sees it.',
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
        'Failing: Only current staff hold a seat. On schedule, not yet due: Connectors of leavers are removed.',
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
      'Restricting new organizations',
      null,
      'An Owner can stop new organizations on a verified domain.',
      'adds',
      'unknown',
      'Whether it is switched on cannot be read from a file.',
    ),
  ];
}
