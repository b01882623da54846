import { expect, it } from 'vitest';
import { openFile } from '../read/open.ts';
import { recognize } from './recognize.ts';

async function found(name: string, text: string) {
  const opened = await openFile(Buffer.from(text), name);
  if (opened.form !== 'contents') throw new Error(opened.form);
  const known = recognize(opened.contents, name);
  return known.ok ? known.taken.map(({ kind }) => kind.kind).join() : `${known.why} ${known.hint}`;
}

const audited = (Operation: string) => ({
  CreationTime: '2026-11-20T10:01:02',
  Id: 'a1',
  Operation,
  RecordType: 15,
  Workload: 'AzureActiveDirectory',
  ClientIP: '203.0.113.9',
  UserId: 'ann@alder.example.org',
});

it.each([
  [
    'audit.jsonl',
    [audited('UserLoggedIn'), audited('FileAccessed')].map((one) => JSON.stringify(one)).join('\n'),
  ],
  ['audit.json', JSON.stringify([audited('UserLoggedIn')])],
  [
    'audit.csv',
    'RecordId,CreationDate,RecordType,Operation,UserId,AuditData\na1,2026-11-20,15,UserLoggedIn,ann@alder.example.org,{}',
  ],
])('says that %s holds audit records of Microsoft 365', async (name, text) => {
  expect(await found(name, text)).toMatch(
    /^These are audit records of Microsoft 365 .* request for sign-ins/,
  );
});

const page = (results: object, of: object = { starting_at: '2026-11-01', ending_at: '2026-11-02' }) =>
  JSON.stringify({ data: [{ ...of, ...results }], has_more: false, next_page: null });

it.each([
  [
    'tokens.csv',
    'usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_output_tokens\n2026-11-01,claude-sonnet-4,key1,Default,standard,100,20',
  ],
  [
    'cost.csv',
    'usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n2026-11-01,Claude Sonnet 4,Default,key1,message,output,1.20',
  ],
  ['usage.json', page({ results: [{ uncached_input_tokens: 1, output_tokens: 2, model: null }] })],
  ['cost.json', page({ results: [{ currency: 'USD', amount: '1.2', cost_type: null }] })],
])('says that %s is of a Claude Console organization', async (name, text) => {
  expect(await found(name, text)).toMatch(
    /^This is the usage or cost of a Claude Console .* Export spend report/,
  );
});

it('says that API keys of the Admin API are of a Claude Console organization', async () => {
  const key = { id: 'apikey_1', type: 'api_key', name: 'Reports', workspace_id: null, status: 'active' };
  const keys = page({ ...key, partial_key_hint: 'sk-ant-api03-R2D...igAA' });
  expect(await found('keys.json', keys)).toMatch(/^These are the API keys of a Claude Console .* settings/);
});

it.each([
  [
    'Licenses.csv',
    'Employee Name,Email,Department,License Type,License Number,Expiration Date,Compliance Status\nAnn Lee,ann@alder.example.org,Clinical,RN,RN-1,2027-01-01,Compliant',
    'a list of licenses and credentials',
  ],
  [
    'Credentials.csv',
    'Name,Work Email,Title,Department,Credential,State,Start Date,End Date,Status\nAnn Lee,ann@alder.example.org,Nurse,Clinical,RN,CA,2024-01-01,2026-12-31,Active',
    'a list of licenses and credentials',
  ],
  [
    'Staff.csv',
    'First Name,Last Name,Email,User Status,Job Title,Hire Date,Courses Assigned,Courses Completed,Compliance %\nAnn,Lee,ann@alder.example.org,Active,Nurse,2020-01-01,5,5,100',
    'a report of a learning system',
  ],
])('does not take %s for the roster', async (name, text, what) => {
  expect(await found(name, text)).toContain(what);
});

it('takes a roster that also names a license or a certification', async () => {
  const columns = 'Employee Name,Email,Department,Hire Date,Termination Date,Credentials,License Number';
  expect(
    await found(
      'Roster.csv',
      `${columns}\nAnn Lee,ann@alder.example.org,Clinical,2020-01-01,,RN,RN-1\nBo Ray,bo@alder.example.org,Finance,2021-01-01,,,`,
    ),
  ).toBe('roster');
});

it('says that the Claude Code report is of a Claude Console organization', async () => {
  const row = { actor: { type: 'user_actor' }, core_metrics: { num_sessions: 1 } };
  expect(await found('code.json', page(row, { date: '2026-11-01' }))).toMatch(
    /^This is the Claude Code report/,
  );
});

it.each([
  'Name,Key ID,Key Hint,Status,Created By\nCI,apikey_01abc,sk-ant-api03-abc...xyz,active,ann@alder.example.org',
  'id,name,status,workspace_id,created_at\napikey_01abc,CI,active,wrkspc_01,2026-01-05',
  'API key,Created by,Cost\nsk-ant-api03-R2D...igAA,ann@alder.example.org,$1.20',
])('says that a table of keys is of a Claude Console organization: %s', async (text) => {
  expect(await found('keys.csv', text)).toMatch(/^These are the API keys of a Claude Console/);
});

it('does not take the contacts of Outlook or Google for the roster', async () => {
  const outlook =
    'First Name,Last Name,E-mail Address,E-mail 2 Address,Home Phone,Company,Job Title,Department,Business Street';
  const google =
    'First Name,Last Name,Organization Name,Organization Title,Organization Department,Labels,E-mail 1 - Label,E-mail 1 - Value';
  expect(
    await found('contacts.csv', `${outlook}\nAnn,Lee,ann@alder.example.org,,,Alder,Director,Programs,`),
  ).toContain('an address book');
  expect(
    await found(
      'contacts.csv',
      `${google}\nAnn,Lee,Alder,Director,Programs,Friends,Work,ann@alder.example.org`,
    ),
  ).toContain('an address book');
});

it.each([
  [
    'Incident log.csv',
    '#,Date,What happened,Who,Status\n1,11/3/2026,List pasted,Ann,Open',
    /^This looks like a list of incidents/,
  ],
  ['Reviews.csv', 'Date,Reviewer,Area,Result\n11/10/2026,Ann,Seats,OK', /^This looks like a list of reviews/],
  [
    'Seen.csv',
    'Control,Holds,Seen,By\nCLA-ACC-12,no,11/10/2026,Ann',
    /statements about controls.*attestations\.yaml/,
  ],
  [
    'Report.csv',
    'Learner,Email,Course,Completed\nAnn,ann@alder.example.org,Claude,11/2/2026',
    /people in a course.*“trainings”/,
  ],
  ['leases.csv', 'IP Address,MAC Address,Lease start\n10.0.0.5,a1:b2:c3:d4:e5:f6,2026-11-19', /DHCP/],
  ['config.json', '{"mcpServers":{"files":{"command":"npx"}}}', /MCP servers of one computer/],
])('says where what %s lists is kept', async (name, text, says) => {
  expect(await found(name, text)).toMatch(says);
});
