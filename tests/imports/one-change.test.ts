import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { decideFolder } from '#features/assess/assess.ts';
import { readProfile } from '#features/assess/profile.ts';
import { version } from '#features/version.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { AS_OF, staff } from '../../bench/truth/client.ts';
import { rosterCsv } from '../../bench/truth/documents.ts';
import { apiKey, event } from '../../bench/truth/enterprise.ts';
import { lay } from '../../bench/truth/measure.ts';
import { application, GRAPH_PRINCIPAL, policy, SERVER_PRINCIPAL } from '../../bench/truth/microsoft.ts';
import { csv } from '../../bench/truth/text.ts';
import { inOrder } from './in-order.ts';

/**
 * A client with everything in order except one change: the controls that the change contradicts must no longer pass.
 */

// biome-ignore lint/suspicious/noExplicitAny: documents of any shape, changed in one place.
type Doc = any;
type Files = Record<string, string | Uint8Array>;
type Change = (files: Files) => void;

const people = staff(8);
const at = (n: number) => people[n] ?? people[0] ?? { name: '', email: '', id: '' };
const root = mkdtempSync(join(tmpdir(), 'bylaw-one-change-'));
afterAll(() => rmSync(root, { recursive: true }));

const client = inOrder();
const first: Files = { ...client.files };
const inYaml =
  (file: string) =>
  (change: (doc: Doc) => void): Change =>
  (files) => {
    const doc: Doc = parse(String(files[file]));
    change(doc);
    files[file] = stringify(doc);
  };
const inJson =
  (file: string) =>
  (change: (doc: Doc) => void): Change =>
  (files) => {
    const doc: Doc = JSON.parse(String(files[file]));
    change(doc);
    files[file] = JSON.stringify(doc);
  };
const charter = inYaml('charter.yaml');
const journal = inYaml('journal.yaml');
const line =
  (file: string, text: string): Change =>
  (files) => {
    files[file] = `${String(files[file]).trimEnd()}\n${text}\n`;
  };
const words =
  (file: string, from: string | RegExp, to: string): Change =>
  (files) => {
    const before = String(files[file]);
    files[file] = before.replace(from, to);
    if (files[file] === before) throw new Error(`Nothing of ${file} is changed.`);
  };
const setting = (name: string, value: unknown) =>
  inJson('settings.json')((doc) => {
    const found = doc.settings.find((one: Doc) => one.name === name);
    found.value = value;
  });
const happened = (day: string, type: string, more: object = {}, email?: string) =>
  inJson('feed.json')((doc) => {
    doc.data.unshift(event(`N${type.replaceAll('_', '')}`, day, type, more, email));
    doc.first_id = doc.data[0].id;
  });

charter((doc) => {
  doc.incidentPlan = {
    types: ['data_upload', 'unauthorized_access', 'prompt_injection', 'credential_exposed', 'agent_action'],
    contacts: [at(1).email],
    reviewed: '2026-09-01',
  };
  doc.exceptions = [];
})(first);

const excepted = (owner: string): Change =>
  charter((doc) => {
    doc.exceptions = [
      { control: 'CLA-CON-27', reason: 'Until groups are set up', owner, until: '2027-01-31' },
    ];
  });

/** Everyone's devices as the Intune admin center exports them. */
const devices =
  (state: string, heading = 'Primary user UPN'): Change =>
  (files) => {
    files['DevicesWithInventory_2026-11-23.csv'] = [
      `Device ID,Device name,Managed by,Ownership,Compliance,OS,OS version,Last check-in,${heading}`,
      ...people.map(
        ({ email }, n) =>
          `d-${n},LAPTOP-${n},Intune,Corporate,${n === 3 ? state : 'Compliant'},Windows,10.0.22631,2026-11-2${n % 3} 10:11:12.0000000,${email}`,
      ),
      '',
    ].join('\r\n');
  };

/** The roster with start dates; people in `starts` begin on the given day. */
const beginning =
  (starts: Readonly<Record<string, string>>): Change =>
  (files) => {
    files['staff.csv'] = csv([
      ['Full name', 'Work email', 'Status', 'First day', 'Last day'],
      ...people.map(({ name, email }) => [name, email, 'Active', starts[email] ?? '2020-01-06', '']),
    ]);
  };

/** Someone left a week ago and is not in the members file, but used Claude before. */
const leftUnlisted: Change = (files) => {
  files['staff.csv'] = rosterCsv(people, { [at(5).email]: '2026-11-16' });
  words('members.csv', new RegExp(`^.*${at(5).email}.*\\n`, 'm'), '')(files);
};

/** Description of the change, the controls that must no longer pass, and the change itself. */
const CHANGES: readonly (readonly [string, string, Change])[] = [
  [
    'a second roster of the day has owner, deputy and contact as gone',
    'OPS-02 OPS-08 ACC-07 ACC-20',
    (files) => {
      files['staff 2.csv'] = rosterCsv(people, { [at(0).email]: '2026-09-01', [at(1).email]: '2026-09-01' });
    },
  ],
  [
    'of two rosters of the day one has the owner of an exception as gone',
    'OPS-14',
    (files) => {
      excepted(at(3).name)(files);
      files['staff 2.csv'] = rosterCsv(people, { [at(3).email]: '2026-10-01' });
    },
  ],
  [
    'of two rosters of the day one has the reviewer as gone',
    'OPS-01 OPS-03 OPS-04 VIS-02',
    (files) => {
      files['staff 2.csv'] = rosterCsv(people, { [at(0).email]: '2026-10-01' });
    },
  ],
  ...['To be confirmed', 'TBD (IT)', 'por definir', 'à définir', 'noch offen', 'vacant', 'N. N.'].map(
    (owner) => [`the owner of an exception is "${owner}"`, 'OPS-14', excepted(owner)] as const,
  ),
  ...['to be announced', 'vacant', 'por definir'].map(
    (by) =>
      [
        `the reviews are by "${by}"`,
        'OPS-01 OPS-03',
        journal((doc) => {
          for (const one of doc.reviews) one.by = by;
        }),
      ] as const,
  ),
  [
    'the incident contact is still to be named',
    'OPS-08',
    charter((doc) => {
      doc.incidentPlan.contacts = ['Incident lead (to be named)'];
    }),
  ],
  [
    'the deputy is still to be named',
    'OPS-02',
    charter((doc) => {
      doc.governanceDeputy = { name: 'noch zu benennen' };
    }),
  ],
  [
    'the deputy, who is the incident contact, begins in March',
    'OPS-02 OPS-08',
    beginning({ [at(1).email]: '2027-03-01' }),
  ],
  ['the governance owner begins in March', 'OPS-02', beginning({ [at(0).email]: '2027-03-01' })],
  [
    'only a roster that is too old shows owner and deputy, as gone',
    'OPS-02 OPS-08',
    (files) => {
      const gone = { [at(0).email]: '2026-09-01', [at(1).email]: '2026-09-01' };
      files['staff 2026-10-01.csv'] = rosterCsv(people, gone);
      delete files['staff.csv'];
    },
  ],
  [
    'a part of a roster has the deputy as gone',
    'OPS-02 OPS-08',
    (files) => {
      files['staff.csv'] = `${rosterCsv(people, { [at(1).email]: '2026-09-01' })}Page 1 of 2,,,,\n`;
    },
  ],
  [
    'the deputy is on the roster by name alone, as gone',
    'OPS-02',
    words('staff.csv', new RegExp(`${at(1).email},([^,]*),Active,`), ',$1,Left,2026-09-01'),
  ],
  [
    'a part of a roster has the reviewer and the contact as here, and a whole one of the day as gone',
    'OPS-01 OPS-02 OPS-03 OPS-04 OPS-08 VIS-02',
    (files) => {
      line('staff.csv', 'Page 1 of 2,,,,')(files);
      files['staff 2.csv'] = rosterCsv(people, { [at(0).email]: '2026-09-01', [at(1).email]: '2026-09-01' });
    },
  ],
  [
    'a roster has the reviewer twice, as here and as gone',
    'OPS-01 OPS-03 OPS-04 VIS-02',
    line('staff.csv', `${at(0).name},${at(0).email},Membership,Left,2026-09-01`),
  ],
  [
    'somebody left whom the members file does not list and the use does',
    'OPS-05 OPS-10 CON-26',
    leftUnlisted,
  ],
  [
    'somebody left whom only the report of the domain shows inside',
    'OPS-05 OPS-10 CON-26',
    (files) => {
      leftUnlisted(files);
      delete files['usage.csv'];
    },
  ],
  // People and accounts
  ['a third Owner', 'ACC-02 ACC-04', words('members.csv', `${at(4).email},User`, `${at(4).email},Owner`)],
  ['an Admin nobody approved', 'ACC-04', words('members.csv', `${at(4).email},User`, `${at(4).email},Admin`)],
  [
    'an Owner by a personal address',
    'ACC-02 ACC-04 ACC-05 ACC-06 ACC-09',
    line('members.csv', 'Kim Roe,kim.roe@gmail.com,Owner,Standard,Active'),
  ],
  [
    'a seat of nobody on the roster',
    'ACC-07 ACC-13',
    line('members.csv', 'Noa Rey,noa.rey@teasel.example.org,User,Standard,Active'),
  ],
  [
    'a seat of a shared mailbox',
    'ACC-08',
    line('members.csv', 'Membership,membership@teasel.example.org,User,Standard,Active'),
  ],
  [
    'a seat of a scanner',
    'ACC-08',
    line('members.csv', 'Scanner,svc-scan@teasel.example.org,User,Standard,Active'),
  ],
  [
    'a seat on another domain',
    'ACC-06 ACC-09',
    line('members.csv', 'Noa Rey,noa.rey@partner.example.net,User,Standard,Active'),
  ],
  [
    'somebody left last week and holds a seat',
    'ACC-07 OPS-05 CON-26',
    (files) => {
      files['staff.csv'] = rosterCsv(people, { [at(5).email]: '2026-11-16' });
    },
  ],
  [
    'the account owner left',
    'ACC-03 ACC-07 OPS-02',
    (files) => {
      files['staff.csv'] = rosterCsv(people, { [at(0).email]: '2026-11-16' });
    },
  ],
  [
    'the deputy left',
    'OPS-02 OPS-08',
    (files) => {
      files['staff.csv'] = rosterCsv(people, { [at(1).email]: '2026-11-16' });
    },
  ],
  [
    'the account of the second Owner is disabled in Entra',
    'ACC-03',
    inJson('users.json')((doc) => {
      doc.value[1].accountEnabled = false;
    }),
  ],
  ['staff without a seat', 'ACC-20', words('members.csv', new RegExp(`^.*${at(6).email}.*\\n`, 'm'), '')],
  [
    'staff with an address elsewhere',
    'ACC-21',
    line('staff.csv', 'Noa Rey,noa.rey@gmail.com,Events,Active,'),
  ],
  [
    'a guest in Entra who holds a seat',
    'ACC-09',
    inJson('users.json')((doc) => {
      doc.value[5].userType = 'Guest';
    }),
  ],
  ['the roster has no status', 'ACC-07', words('staff.csv', /,Active/g, ',')],
  ['the roster has a status nobody knows', 'ACC-07', words('staff.csv', ',Active', ',Zq7')],
  ['the roster says that it is a part', 'ACC-07 ACC-13', line('staff.csv', 'Page 1 of 2,,,,')],
  ['the members list goes on elsewhere', 'ACC-02 ACC-07', line('members.csv', 'Showing 1-8 of 24,,,,')],
  [
    'a seat is pending for an outside address',
    'ACC-06 ACC-09',
    line('members.csv', ',kim.roe@gmail.com,User,Standard,Pending'),
  ],
  // Settings
  ['single sign-on is not enforced', 'ACC-14', setting('sso_claude_ai_enforced', false)],
  ['directory sync is off', 'ACC-15', setting('directory_sync_enabled', false)],
  ['provisioning is by sign-in', 'ACC-15', setting('sso_provisioning_mode', 'jit_permissive')],
  [
    'another domain can be invited',
    'ACC-11',
    setting('allowed_invite_domains', ['teasel.example.org', 'gmail.com']),
  ],
  ['any domain can be invited', 'ACC-11', setting('allowed_invite_domains', [])],
  ['tools start at Always allow', 'CON-17', setting('connector_tools_default_always_allow', true)],
  ['the allowlist is off', 'CON-15', setting('desktop_extension_allowlist_enabled', false)],
  [
    'chats are kept for longer',
    'VIS-14',
    setting('data_retention_periods', { chat: { type: 'fixed', timescale: 'day', duration: 400 } }),
  ],
  ['chats are kept for ever', 'VIS-14', setting('data_retention_periods', { all: { type: 'indefinite' } })],
  ['the settings lack single sign-on', 'ACC-14', setting('sso_claude_ai_enforced', null)],
  [
    'an API key nobody approved',
    'VIS-17',
    inJson('settings.json')((doc) => {
      doc.api_keys = [apiKey('apikey_01Vendor', 'Backup vendor')];
    }),
  ],
  [
    'the list of API keys is not there',
    'VIS-17',
    inJson('settings.json')((doc) => {
      delete doc.api_keys;
    }),
  ],
  // Events
  [
    'the guard was switched off',
    'CON-20',
    happened('2026-11-20', 'org_connector_domain_guard_updated', { enforced: false }),
  ],
  ['Always allow was enabled', 'CON-18', happened('2026-11-20', 'org_cowork_mcp_always_allow_enabled')],
  ['Cowork runs in the cloud', 'CON-19', happened('2026-11-20', 'org_cowork_remote_enabled')],
  ['automatic approval was enabled', 'CON-19', happened('2026-11-20', 'org_cowork_auto_mode_enabled')],
  [
    'an export nobody approved',
    'VIS-16',
    happened('2026-11-18', 'org_data_export_started', { export_type: 'conversations' }, at(2).email),
  ],
  [
    'an export that was downloaded',
    'VIS-16',
    happened('2026-11-18', 'org_data_export_accessed', { export_type: 'conversations' }, at(2).email),
  ],
  [
    'an API key was made by nobody known',
    'VIS-17',
    happened('2026-11-18', 'platform_api_key_created', { api_key_id: 'k1' }, 'kim@elsewhere.example.net'),
  ],
  [
    'an action was opened',
    'CON-09 CON-10 CON-14',
    happened('2026-11-23', 'mcp_tool_policy_updated', {
      mcp_server_id: 'mcpsrv_1',
      mcp_server_name: 'Microsoft 365 (Outlook)',
      tool_name: 'send_email',
      max_permission: 'allow',
    }),
  ],
  [
    'a custom server was added',
    'CON-04 CON-21',
    happened('2026-11-23', 'mcp_server_created', {
      mcp_server_id: 'm2',
      mcp_server_name: 'Own tools',
      url: 'https://tools.example.net/mcp',
    }),
  ],
  [
    'content was read',
    'VIS-13',
    happened(
      '2026-11-18',
      'compliance_api_accessed',
      { request_method: 'GET', url: '/v1/compliance/apps/chats/c1/messages' },
      at(2).email,
    ),
  ],
  [
    'the Primary Owner changed',
    'ACC-01',
    happened('2026-11-23', 'primary_owner_transferred', {
      new_owner_id: 'user_01x',
      previous_owner_id: 'user_01adeleabbott',
    }),
  ],
  [
    'a domain was removed',
    'ACC-10',
    happened('2026-11-23', 'org_domain_removed', { domain: 'teasel.example.org' }),
  ],
  [
    'the TXT record is gone',
    'ACC-10',
    words('dig.txt', 'anthropic-domain-verification', 'other-verification'),
  ],
  // Connectors
  [
    'sending is allowed',
    'CON-09 CON-10',
    line('connectors.csv', 'Microsoft 365 (Outlook),Send email,Always allow,Yes'),
  ],
  [
    'writing is allowed',
    'CON-09 CON-11',
    line('connectors.csv', 'Microsoft 365 (Outlook),Create draft,Always allow,Yes'),
  ],
  ['a connector nobody approved', 'CON-04', line('connectors.csv', 'Slack,All other actions,Blocked,Yes')],
  [
    'all others are allowed',
    'CON-09 CON-10',
    words('connectors.csv', 'All other actions,Blocked', 'All other actions,Always allow'),
  ],
  [
    'all others are not stated',
    'CON-06 CON-10',
    words('connectors.csv', 'All other actions,Blocked', 'All other actions,'),
  ],
  [
    'an action has a state nobody knows',
    'CON-06 CON-12',
    words('connectors.csv', 'Read email,Always allow', 'Read email,Sometimes'),
  ],
  // Entra
  [
    'no assignment is required',
    'M365-04',
    words('apps.json', '"appRoleAssignmentRequired": true', '"appRoleAssignmentRequired": false'),
  ],
  [
    'a look-alike application',
    'M365-05',
    inJson('apps.json')((doc) => {
      doc.value.push(
        application(
          '5ea5e100-0000-4000-8000-000000005099',
          '11111111-0000-4000-8000-000000000001',
          'Claude AI Connector',
          {
            verifiedPublisher: { displayName: null },
          },
        ),
      );
    }),
  ],
  ['a further scope', 'M365-06', words('grants.json', 'Mail.Read', 'Mail.Read Files.ReadWrite.All')],
  [
    'a further grant',
    'M365-06',
    inJson('grants.json')((doc) => {
      doc.value.push({
        id: 'g9',
        clientId: SERVER_PRINCIPAL,
        consentType: 'Principal',
        principalId: at(4).id,
        resourceId: GRAPH_PRINCIPAL,
        scope: 'Mail.Send',
      });
    }),
  ],
  [
    'MFA is only reported',
    'M365-09 M365-21',
    inJson('ca.json')((doc) => {
      doc.value[0].state = 'enabledForReportingButNotEnforced';
    }),
  ],
  [
    'MFA leaves a person out',
    'M365-09',
    inJson('ca.json')((doc) => {
      doc.value[0].conditions.users.excludeUsers = [at(4).id];
    }),
  ],
  [
    'emergency access holds a group that no list has',
    'M365-09 M365-10',
    inJson('groups.json')((doc) => {
      doc.value[0].members.push({
        '@odata.type': '#microsoft.graph.group',
        id: '5ea5e100-0000-4000-8000-000000009777',
      });
    }),
  ],
  [
    'the policy for MFA was deleted',
    'M365-09',
    inJson('ca.json')((doc) => {
      doc.value[0].deletedDateTime = '2026-11-20T10:00:00Z';
    }),
  ],
  [
    'the applications are those that were deleted',
    'M365-02 M365-03 M365-04 M365-05 M365-06',
    inJson('apps.json')((doc) => {
      for (const one of doc.value) one.deletedDateTime = '2026-11-20T10:00:00Z';
    }),
  ],
  [
    'Microsoft disabled the applications',
    'M365-02 M365-03',
    inJson('apps.json')((doc) => {
      for (const one of doc.value)
        one.disabledByMicrosoftStatus = 'DisabledDueToViolationOfServicesAgreement';
    }),
  ],
  [
    'MFA only for some platforms',
    'M365-09',
    inJson('ca.json')((doc) => {
      doc.value[0].conditions.platforms = { includePlatforms: ['windows'], excludePlatforms: [] };
    }),
  ],
  [
    'MFA or a device is enough',
    'M365-09',
    inJson('ca.json')((doc) => {
      doc.value[0].grantControls.builtInControls = ['mfa', 'compliantDevice'];
    }),
  ],
  [
    'devices only from outside the office',
    'M365-10',
    inJson('ca.json')((doc) => {
      doc.value[1].conditions.locations = { includeLocations: ['All'], excludeLocations: ['AllTrusted'] };
    }),
  ],
  [
    'a policy without emergency access left out',
    'M365-13',
    inJson('ca.json')((doc) => {
      doc.value.push(
        policy({ name: 'Block', users: { excludeGroups: [] }, grant: { builtInControls: ['block'] } }),
      );
    }),
  ],
  [
    'a sign-in without MFA',
    'M365-16',
    words('signins.json', 'multiFactorAuthentication', 'singleFactorAuthentication'),
  ],
  ['security defaults are on', 'M365-15', words('defaults.json', 'false', 'true')],
  [
    'the consent is by somebody else',
    'M365-07',
    journal((doc) => {
      doc.connectorConsent.by = at(6).email;
    }),
  ],
  // Charter and journal
  [
    'the charter is in force from tomorrow',
    'CON-07',
    charter((doc) => {
      doc.inForceSince = '2026-11-25';
    }),
  ],
  [
    'a stranger approved the charter',
    'CON-07',
    charter((doc) => {
      doc.approvedBy = ['TBD'];
    }),
  ],
  [
    'the charter allows sending',
    'CON-08',
    charter((doc) => {
      doc.connectors[0].actions['Send email'] = 'allow';
    }),
  ],
  [
    'actions were classified long ago',
    'CON-02',
    charter((doc) => {
      doc.connectors[0].actionsClassified = '2025-09-10';
    }),
  ],
  [
    'the source was reviewed long ago',
    'CON-29',
    charter((doc) => {
      doc.connectors[0].sourceReviewed = '2025-09-10';
    }),
  ],
  [
    'the owner is the deputy',
    'OPS-02',
    charter((doc) => {
      doc.governanceDeputy = doc.governanceOwner;
    }),
  ],
  [
    'an exception has ended',
    'OPS-14',
    charter((doc) => {
      doc.exceptions = [
        { control: 'CLA-CON-27', reason: 'Until groups are set up', owner: at(3).name, until: '2026-11-20' },
      ];
    }),
  ],
  [
    'an exception gives no reason',
    'OPS-14',
    charter((doc) => {
      doc.exceptions = [
        { control: 'CLA-CON-27', reason: 'to be decided', owner: at(3).name, until: '2027-01-20' },
      ];
    }),
  ],
  [
    'the incident plan is old',
    'OPS-08',
    charter((doc) => {
      doc.incidentPlan.reviewed = '2025-09-01';
    }),
  ],
  [
    'the plan lacks a type',
    'OPS-08',
    charter((doc) => {
      doc.incidentPlan.types.pop();
    }),
  ],
  [
    'no way to regain the account',
    'ACC-03',
    charter((doc) => {
      doc.recoveryPlan = 'to be confirmed';
    }),
  ],
  [
    'the first invitation was before the lockdown',
    'CON-03 OPS-13',
    journal((doc) => {
      doc.firstInvitation = '2026-09-10';
    }),
  ],
  [
    'by the log somebody of staff used Claude before the first invitation',
    'CON-03 OPS-13 POL-01',
    inJson('feed.json')((doc) => {
      doc.data.push(
        event('Before', '2026-08-20', 'claude_chat_created', { claude_chat_id: 'c3' }, at(5).email),
      );
      doc.last_id = doc.data.at(-1).id;
    }),
  ],
  [
    'an incident is opened on a day to come',
    'OPS-09',
    journal((doc) => {
      doc.incidents = [{ id: 'I-1', type: 'data_upload', opened: '2027-09-01' }];
    }),
  ],
  [
    'the policy came after the first invitation',
    'POL-01',
    charter((doc) => {
      doc.policy.published = '2026-09-20';
    }),
  ],
  [
    'the policy has a newer version',
    'POL-03',
    charter((doc) => {
      doc.policy.version = 'v4';
      doc.policy.published = '2026-11-01';
    }),
  ],
  [
    'one person acknowledged nothing',
    'POL-03',
    words('acknowledgements.csv', new RegExp(`^.*${at(6).email}.*\\n`, 'm'), ''),
  ],
  [
    'one person declined',
    'POL-03',
    words('acknowledgements.csv', new RegExp(`(${at(6).email},Claude policy v3,)2026-09-20`), '$1declined'),
  ],
  [
    'the contact is a template',
    'POL-04',
    charter((doc) => {
      doc.policy.contact = '[contact]';
    }),
  ],
  [
    'the last review is long ago',
    'OPS-01 OPS-03 OPS-04 VIS-02',
    journal((doc) => {
      doc.reviews = [{ ...doc.reviews[0], on: '2026-07-01' }];
    }),
  ],
  [
    'the next review is in the past',
    'OPS-07',
    journal((doc) => {
      doc.nextReview = '2026-11-20';
    }),
  ],
  [
    'the review is by a stranger',
    'OPS-01',
    journal((doc) => {
      for (const one of doc.reviews) one.by = 'Robin Quill';
    }),
  ],
  [
    'an incident is open for long',
    'OPS-09',
    journal((doc) => {
      doc.incidents = [{ id: 'I-1', kind: 'data_upload', opened: '2026-09-01' }];
    }),
  ],
  [
    'a request waits',
    'CON-25',
    journal((doc) => {
      doc.connectorRequests = [{ on: '2026-10-20', by: at(4).email, connector: 'Asana' }];
    }),
  ],
  [
    'staff were not told',
    'SHA-11',
    journal((doc) => {
      doc.announcements = doc.announcements.filter((one: Doc) => one.about !== 'organization_accounts');
    }),
  ],
  [
    'fewer were told than work here',
    'SHA-11',
    journal((doc) => {
      doc.announcements[0].recipients = 3;
    }),
  ],
  // Personal accounts and usage
  ['a personal account', 'SHA-03', line('domain-memberships.csv', `${at(4).email},Free,No,2026-11-02`)],
  [
    'the report of the domain is old',
    'SHA-02 SHA-03',
    (files) => {
      files['domain-memberships 2026-09-01.csv'] = files['domain-memberships.csv'] ?? '';
      delete files['domain-memberships.csv'];
    },
  ],
  [
    'one person uses it far above the average',
    'VIS-03',
    words(
      'usage.csv',
      `${at(4).email},Chat,claude-sonnet-5,90,1.10`,
      `${at(4).email},Chat,claude-sonnet-5,9000,110.00`,
    ),
  ],
  ['the usage is old', 'VIS-01 VIS-08', words('usage.csv', /2026-(10|11)-/g, '2026-05-')],
  ['the usage has no spend', 'VIS-08', words('usage.csv', /,1\.10,/g, ',,')],
  ['the feed is old', 'VIS-04', words('feed.json', '2026-11-23', '2026-10-03')],
  [
    'the connectors file holds a second table',
    'CON-04 CON-09',
    line('connectors.csv', '\nConnector,Action,Permission,Enabled\nSlack,Post message,Always allow,Yes'),
  ],
  ...[
    'Legend: green is allowed,,,',
    'Note,Blocked means that Claude cannot use it,,',
    'Blocked,Claude cannot use it,,',
    'Legende,Blockiert = rot,,',
  ].map((below) => [`"${below}" stands below the connectors`, '', line('connectors.csv', below)] as const),
  ['Intune holds every device compliant', '', devices('Compliant')],
  ['Intune holds a device not compliant', '', devices('Not Compliant')],
  ['Intune has no result for a device', '', devices('Not evaluated')],
  ['a list of devices names nobody', '', devices('Compliant', 'Category')],
  ['E5 is in its grace period', 'M365-01', words('skus.json', '"Enabled"', '"Warning"')],
  [
    'an office approved the charter',
    'CON-07',
    charter((doc) => {
      doc.approvedBy = ['Board of Directors'];
    }),
  ],
];

/** Exact states of controls after a change, by its description. */
const SAYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Intune holds every device compliant': { 'M365-19': 'pass' },
  'Intune holds a device not compliant': { 'M365-19': 'fail' },
  'Intune has no result for a device': { 'M365-19': 'cannot_read' },
  'a list of devices names nobody': { 'M365-19': 'cannot_read' },
  'an office approved the charter': { 'CON-07': 'cannot_read' },
  'E5 is in its grace period': { 'M365-01': 'cannot_read', 'M365-09': 'pass', 'M365-15': 'pass' },
  '"Legend: green is allowed,,," stands below the connectors': { 'CON-04': 'pass', 'CON-06': 'pass' },
  '"Note,Blocked means that Claude cannot use it,," stands below the connectors': { 'CON-04': 'pass' },
  '"Blocked,Claude cannot use it,," stands below the connectors': { 'CON-04': 'pass' },
  '"Legende,Blockiert = rot,," stands below the connectors': { 'CON-04': 'pass', 'CON-06': 'pass' },
  'a second roster of the day has owner, deputy and contact as gone': {
    'OPS-02': 'cannot_read',
    'OPS-08': 'cannot_read',
  },
  'of two rosters of the day one has the owner of an exception as gone': { 'OPS-14': 'cannot_read' },
};

let made = 0;
async function decided(files: Files) {
  made += 1;
  const { folder, profile: path } = lay({ ...client, files }, join(root, String(made)));
  const { build } = await decideFolder({
    folder,
    profile: await readProfile(path),
    catalogue: sharedCatalogue(),
    asOf: AS_OF,
    version,
    clock: new Date(),
  });
  return new Map(build.verdicts.map((one: Doc) => [one.control, one] as const));
}

const before = await decided(first);

it.each(CHANGES)('%s', async (name, controls, change) => {
  const files = { ...first };
  change(files);
  const ids = controls
    .split(' ')
    .filter(Boolean)
    .map((one) => `CLA-${one}`);
  expect(ids.filter((id) => before.get(id)?.state !== 'pass')).toEqual([]);
  const after = await decided(files);
  expect(
    ids.flatMap((id) => (after.get(id)?.state === 'pass' ? [`${id}: ${after.get(id)?.reason}`] : [])),
  ).toEqual([]);
  for (const [id, state] of Object.entries(SAYS[name] ?? {}))
    expect([id, after.get(`CLA-${id}`)?.state]).toEqual([id, state]);
});
