import { clientsOf, type Person, staff } from '../client.ts';
import { charter, peopleFiles, rosterCsv } from '../documents.ts';
import { ENTERPRISE, settings } from '../enterprise.ts';
import { file, is, noPass, reported, type Statement } from '../model.ts';
import { page } from '../text.ts';

const client = clientsOf('activity');
const people = staff(20);
const base: Record<string, string> = peopleFiles(people);
const leaver = people[11] as Person;

const fromSettings =
  (name: string) =>
  (
    rows: Parameters<typeof settings>[0],
    statements: readonly Statement[],
    more: Record<string, string> = {},
    keys: readonly object[] = [],
  ) =>
    client(name)({ ...base, 'settings.json': settings(rows, keys), ...more }, statements, ENTERPRISE);

const key = (name: string, more: object = {}) => ({
  type: 'compliance_api_key',
  id: `apikey_01${name}`,
  name,
  scopes: ['read:compliance_activities'],
  is_active: true,
  created_at: '2026-09-14T09:30:00Z',
  created_by_id: 'user_01adeleabbott',
  expires_at: null,
  ...more,
});

export const settingsCases = [
  fromSettings('directory-sync-beside-leavers')(
    {
      directory_sync_enabled: true,
      sso_enabled: true,
      sso_claude_ai_enforced: true,
      sso_provisioning_mode: 'scim_advanced',
    },
    [
      noPass('ACC-15', 'leavers hold seats, so nothing removed them'),
      is('ACC-07', 'fail', 'a leaver holds a seat'),
    ],
    {
      'staff.csv': rosterCsv(people, { [leaver.email]: '2026-10-13' }),
      'charter.yaml': charter(people, { provisioning: 'scim' }),
    },
  ),
  fromSettings('directory-sync-in-order')(
    {
      directory_sync_enabled: true,
      sso_enabled: true,
      sso_claude_ai_enforced: true,
      sso_provisioning_mode: 'scim_advanced',
    },
    [is('ACC-14', 'pass', 'sign-in through the identity provider is enforced')],
    { 'charter.yaml': charter(people, { provisioning: 'scim' }) },
  ),
  fromSettings('directory-sync-of-mode-login-only')(
    { directory_sync_enabled: true, sso_provisioning_mode: 'login_only' },
    [noPass('ACC-15', 'the mode is by invitation; nobody is removed')],
  ),
  fromSettings('sso-not-enforced')({ sso_enabled: true, sso_claude_ai_enforced: false }, [
    is('ACC-14', 'fail', 'single sign-on is set up and not enforced'),
  ]),
  fromSettings('sso-row-missing')({ sso_enabled: true }, [
    noPass('ACC-14', 'whether it is enforced is not in the file'),
  ]),
  fromSettings('sso-as-text')({ sso_enabled: 'true', sso_claude_ai_enforced: 'false' }, [
    noPass('ACC-14', 'the word false is not true'),
  ]),
  fromSettings('foreign-invite-domain')({ allowed_invite_domains: ['teasel.example.org', 'other.example'] }, [
    ...reported('ACC-11', 'fail', 'people of another domain can be invited', 'other.example'),
  ]),
  fromSettings('no-invite-domain')({ allowed_invite_domains: [] }, [
    noPass('ACC-11', 'an empty list restricts nothing'),
  ]),
  fromSettings('tools-start-at-always')({ connector_tools_default_always_allow: true }, [
    is('CON-17', 'fail', 'tools of new connectors are always allowed'),
  ]),
  fromSettings('extension-allowlist-off')({ desktop_extension_allowlist_enabled: false }, [
    noPass('CON-15', 'the allowlist is off'),
  ]),
  fromSettings('chats-kept-longer')(
    { data_retention_periods: { chat: { type: 'fixed', timescale: 'month', duration: 24 } } },
    [is('VIS-14', 'fail', 'chats are kept for two years')],
    { 'charter.yaml': charter(people, { chatRetentionDays: 90 }) },
  ),
  fromSettings('chats-kept-for-ever')(
    { data_retention_periods: { all: { type: 'indefinite' } } },
    [is('VIS-14', 'fail', 'chats are kept for ever')],
    { 'charter.yaml': charter(people, { chatRetentionDays: 90 }) },
  ),
  fromSettings('unknown-key')(
    { chat_enabled: true },
    [...reported('VIS-17', 'fail', 'a key that nobody approved', 'Export key')],
    {},
    [key('Export key')],
  ),
  fromSettings('key-past-its-end')(
    { chat_enabled: true },
    [noPass('VIS-17', 'a key is past its end and active')],
    { 'charter.yaml': charter(people, { approvedApiKeys: ['Export key'] }) },
    [key('Export key', { expires_at: '2026-10-01T00:00:00Z' })],
  ),
  client('keys-in-data-form')(
    {
      ...base,
      'api keys.json': page([key('Export key')]),
    },
    [
      file('api keys.json', 'taken', 'a list of keys in the vendor’s own envelope is one'),
      is('VIS-17', 'fail', 'a key that nobody approved'),
    ],
    ENTERPRISE,
  ),
  client('keys-with-is-enabled')(
    {
      ...base,
      'api keys.json': JSON.stringify({
        data: [{ ...key('Export key'), is_active: undefined, status: 'active' }],
      }),
    },
    [noPass('VIS-17', 'a key that nobody approved')],
    ENTERPRISE,
  ),
];
