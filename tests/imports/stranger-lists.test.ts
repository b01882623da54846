import { describe, expect, it } from 'vitest';
import { csv, importOne } from './support.ts';

/** Exports of other systems: what each is, or what to upload instead. */

const at = (name: string) => `${name}@alder.example.org`;
const GUID = 'a1de0000-0000-4000-8000-000000000001';

it('a check-in list of an event is no staff roster', async () => {
  const { report } = await importOne(
    'guests.csv',
    csv(
      'Ticket/Barcode,Full Name,Email,Department,Status,Check-In Time,Type',
      `T1,Ada Quist,${at('ada')},Office,Checked-In,2026-11-20 09:00:00,Staff`,
      `T2,Ben Rook,${at('ben')},Office,Absent,,Staff`,
    ),
  );
  expect(report.problem).toMatch(/list of guests of an event/);
});

it.each([
  [
    'of Zoom',
    csv(
      'Email,First Name,Last Name,Department,User Type,Role,Status,Last Login(UTC)',
      `${at('ada')},Ada,Quist,Office,Licensed,Owner,Active,2026-11-20`,
      `${at('ben')},Ben,Rook,Office,Basic,Member,Inactive,2026-10-20`,
    ),
  ],
  [
    'of GitHub',
    csv(
      'login,name,email,role,two_factor_enabled,last_active',
      `ada,Ada Quist,${at('ada')},Owner,true,2026-11-20`,
      `ben,Ben Rook,${at('ben')},Member,true,2026-11-20`,
    ),
  ],
])('accounts %s are neither the staff roster nor the members of Claude', async (_, content) => {
  const { readings } = await importOne('export.csv', content);
  expect(readings).toEqual({});
});

describe('lists of learning systems', () => {
  const rowsOf = async (name: string, ...lines: readonly string[]) => {
    const { readings } = await importOne(name, csv(...lines));
    return readings.acknowledgements?.[0]?.rows.map(({ name: who, acknowledged, on }) => [
      who,
      acknowledged,
      on,
    ]);
  };

  it('count enrollments as no acknowledgment, and name people by their names', async () => {
    expect(
      await rowsOf(
        'docebo.csv',
        'Username,Full Name,Email,Course Name,Enrollment Status,Enrollment Date,Course Completion Date',
        `ada,Ada Quist,${at('ada')},AI Policy v3,Completed,2026-10-01 09:00:00,2026-10-02 10:00:00`,
        `ben,Ben Rook,${at('ben')},AI Policy v3,Subscribed,2026-10-01 09:00:00,`,
      ),
    ).toEqual([
      ['Ada Quist', true, '2026-10-02'],
      ['Ben Rook', false, null],
    ]);
    expect(
      await rowsOf(
        'litmos.csv',
        'First Name,Last Name,Username,Email,Course Title,Completed,Date Completed',
        `Ada,Quist,aquist,${at('ada')},Acceptable use of AI policy v3,True,10/13/2026`,
      ),
    ).toEqual([['Ada Quist', true, '2026-10-13']]);
  });

  it('that name no document are of no policy, whatever quiz they mention', async () => {
    const rows = await rowsOf(
      'policy completions.csv',
      'Full name,Email address,AI policy quiz,Course complete',
      `Ada Quist,${at('ada')},Completed,13 October 2026`,
    );
    expect(rows?.map(([, acknowledged]) => acknowledged) ?? []).not.toContain(true);
  });

  it('of Moodle give the day beside each activity, and ask what a failed one is', async () => {
    expect(
      await rowsOf(
        'progress.ai-policy.csv',
        ',"Email address","AI acceptable use policy",""',
        `"Ada Quist","${at('ada')}","Completed","2026-10-01 10:00:00"`,
        `"Ben Rook","${at('ben')}","Not completed",""`,
        `"Eve Ames","${at('eve')}","Completed (did not achieve pass grade)","2026-10-02 10:00:00"`,
        `"Dov Lane","${at('dov')}","Completed (achieved pass grade)","2026-10-03 10:00:00"`,
      ),
    ).toEqual([
      [null, true, '2026-10-01'],
      [null, false, null],
      [null, null, null],
      [null, true, '2026-10-03'],
    ]);
  });
});

describe('lists of Microsoft’s portals', () => {
  it.each([
    [
      'members of one group',
      csv('Object ID,User principal name,Display name,Member type', `${GUID},${at('ada')},Ada Quist,User`),
      /members of one Entra group/,
    ],
    [
      'risky users',
      csv(
        'id,userPrincipalName,userDisplayName,isDeleted,riskLevel,riskState,riskLastUpdatedDateTime',
        `${GUID},${at('ada')},Ada Quist,False,high,atRisk,2026-11-20T10:00:00Z`,
      ),
      /report on risk/,
    ],
    [
      'ways to sign in',
      csv(
        'User principal name,Name,Multifactor authentication capable,Multifactor authentication registered,Methods registered',
        `${at('ada')},Ada Quist,Capable,Registered,Mobile phone`,
      ),
      /list of sign-in methods as a table.*Graph Explorer/,
    ],
    [
      'an audit log as CSV',
      csv(
        'Date (UTC),Correlation ID,Service,Category,Activity,Result,Actor type,Actor display name,Actor object ID,Actor user principal name,IP address,Target1 type',
        `2026-11-20T10:00:00Z,${GUID},Core Directory,UserManagement,Add user,success,User,Ada Quist,${GUID},${at('ada')},192.0.2.1,User`,
      ),
      /list of changes in Entra as a table.*Graph Explorer/,
    ],
    [
      'an audit log in German',
      csv(
        'Datum (UTC),Dienst,Kategorie,Aktivität,Ergebnis,Akteurtyp,Anzeigename des Akteurs,IP-Adresse,Typ von Ziel 1',
        '2026-11-20T10:00:00Z,Core Directory,UserManagement,Benutzer hinzufügen,Erfolg,Benutzer,Ada Quist,192.0.2.1,Benutzer',
      ),
      /list of changes in Entra as a table/,
    ],
    [
      'enterprise applications',
      csv(
        'Name,Object ID,Application ID,Homepage URL,Created on,Certificate Expiry Status',
        `Claude,${GUID},${GUID},,10/3/2026,`,
      ),
      /list of enterprise applications as a table/,
    ],
    [
      'permission grants by PowerShell',
      csv(
        'ClientId,ConsentType,Id,PrincipalId,ResourceId,Scope',
        `${GUID},AllPrincipals,g-1,,${GUID},Mail.Read`,
      ),
      /list of permission grants as a table/,
    ],
    [
      'groups of Claude by PowerShell',
      csv(
        'id,name,source_type,roles,members',
        'rbac_group_1,Staff,manual,{rbac_role_1},"{@{user_id=user_1...}"',
      ),
      /list of groups in Claude as a table/,
    ],
  ])('%s are not taken for all users or sign-ins', async (_, content, says) => {
    const { report, readings } = await importOne('export.csv', content);
    expect(report.outcome).toBe('not_placed');
    expect(report.problem).toMatch(says);
    expect(readings).toEqual({});
  });

  it('of active users ask no column of licenses for the kind of user', async () => {
    const { readings } = await importOne(
      'users.csv',
      csv(
        'Block credential,Display name,First name,Last name,License assignment details,Licenses,Object Id,Proxy addresses,User principal name',
        `False,Ada Quist,Ada,Quist,Business_Premium,Microsoft 365 Business Premium,${GUID},SMTP:${at('ada')}+smtp:${at('aq')},${at('ada')}`,
        `True,Ben Rook,Ben,Rook,,Unlicensed,${GUID.replace('1', '2')},SMTP:${at('ben')},${at('ben')}`,
      ),
    );
    expect(readings.entra_users?.[0]?.asks ?? []).toEqual([]);
    expect(readings.entra_users?.[0]?.rows).toMatchObject([
      { upn: at('ada'), aliases: [at('aq')], enabled: true },
      { upn: at('ben'), enabled: false },
    ]);
  });
});

it('of users without those that Entra has deleted', async () => {
  const { readings } = await importOne(
    'users.csv',
    csv(
      'userPrincipalName,displayName,accountEnabled,userType,id,deletedDateTime',
      `${at('ada')},Ada Quist,True,Member,${GUID},`,
      `${at('ben')},Ben Rook,True,Member,${GUID.replace('1', '2')},2026-11-02T10:00:00Z`,
    ),
  );
  expect(readings.entra_users?.[0]?.rows.map(({ upn }) => upn)).toEqual([at('ada')]);
});

describe('reports on cloud applications', () => {
  it.each([
    [
      'Application,Application Category,Risk Index,Users,Transactions,Upload Bytes,Download Bytes',
      'Claude,AI & ML Applications,3,12,230,200,1000',
    ],
    [
      'Risk Level,Cloud App,Type,Users,Requests,Bytes Sent,Bytes Received,Last Accessed',
      'High,Claude,Generative AI,12,230,200,1000,11/20/2026 10:00',
    ],
    [
      'Application,Category,CCI,Users,Sessions,Bytes Uploaded,Bytes Downloaded',
      'Claude,Generative AI,72,12,230,200,1000',
    ],
  ])('are read: %s', async (heading, line) => {
    const { readings } = await importOne('apps.csv', csv(heading, line));
    expect(readings.ai_traffic?.[0]?.rows).toMatchObject([
      { tool: 'claude', people: 12, sent: 200, received: 1000 },
    ]);
  });

  it('without a category are asked about', async () => {
    const { report } = await importOne(
      'apps.csv',
      csv('App,Users,Risk', 'ChatGPT,12,High', 'Claude,3,Low', 'Zoom,40,Low'),
    );
    expect(report).toMatchObject({ outcome: 'not_placed', maybe: ['ai_traffic'] });
  });
});

it('a policy in Markdown is a text, and no list that is broken', async () => {
  for (const text of [
    '# AI policy\n\nWe use Claude.\n\n- Staff, contractors, volunteers\n- Board members, interns\n\n| Data | Allowed |\n| --- | --- |\n| Public | Yes |\n',
    '# Acceptable use\n\n"Staff" means everyone, including contractors.\n\n- **Do not**: paste member data, financial data, or HR data\n',
  ]) {
    const { report } = await importOne('AI policy.md', text);
    expect(report).toMatchObject({ outcome: 'not_placed', problem: expect.stringContaining('Markdown') });
  }
});

describe('units and envelopes', () => {
  it('of figures are those that the heading gives', async () => {
    const { readings, report } = await importOne(
      'spend.csv',
      csv('User email,Cost (cents),Requests (K)', `${at('ada')},1250,1.5`, `${at('ben')},90,2`),
    );
    expect(readings.usage?.[0]?.rows).toMatchObject([
      { netUsd: 12.5, requests: 1500 },
      { netUsd: 0.9, requests: 2000 },
    ]);
    expect(report.notes.map(({ says }) => says).join(' ')).toContain('divided by 100');
  });

  it('that were voided acknowledge nothing', async () => {
    const { readings } = await importOne(
      'envelopes.csv',
      csv(
        'Envelope Subject,Recipient Name,Recipient Email,Envelope Status,Recipient Status,Completed On',
        `AI Policy v3,Ada Quist,${at('ada')},Completed,Completed,10/13/2026`,
        `AI Policy v3,Ben Rook,${at('ben')},Voided,Completed,10/14/2026`,
      ),
    );
    expect(readings.acknowledgements?.[0]?.rows.map(({ acknowledged }) => acknowledged)).toEqual([
      true,
      false,
    ]);
  });
});

describe('lists that other systems export', () => {
  it('of Google Workspace are accounts, and those of the Claude Console are the usage of programs', async () => {
    const google = await importOne(
      'users.csv',
      csv(
        'First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],2sv Enrolled [READ ONLY]',
        `Ada,Quist,${at('ada')},Active,True`,
        `Ben,Rook,${at('ben')},Suspended,False`,
      ),
    );
    expect(google.report.problem).toContain('this is a directory of accounts');
    const cost = await importOne(
      'claude_api_cost_2026_11.csv',
      csv(
        'usage_date_utc,model,workspace,api_key,token_type,cost_usd,list_price_usd',
        '2026-11-04,Claude Haiku 4.5,Default,site search,output,0.05,0.05',
      ),
    );
    expect(cost.report.problem).toContain('the usage or cost of a Claude Console (API) organization');
  });

  it('are asked about no further than what they hold matters', async () => {
    const payroll = await importOne(
      'roster.csv',
      csv(
        'Employee #,Name,Work Email,Hire Date,Employment Status,FLSA Code,Monthly Rate',
        `1,Ada Quist,${at('ada')},2020-01-02,Full-Time,Exempt,25000.0`,
        `2,Ben Rook,${at('ben')},2020-01-02,Full-Time,Non-exempt,18500.0`,
      ),
    );
    expect(payroll.readings.roster?.[0]?.asks ?? []).toEqual([]);
    // The spend report also has token counts, and no days.
    const spend = await importOne(
      'spend-report-2026-10-01-to-2026-10-31.csv',
      csv(
        'user_email,product,model,total_requests,total_net_spend_usd,total_uncached_input_tokens,total_web_search_count',
        `${at('ada')},Chat,claude-sonnet-5,10,1.5,40123,0`,
        `${at('ben')},Cowork,claude-sonnet-5,4,0.5,20950,0`,
      ),
    );
    expect(spend.readings.usage?.[0]?.asks ?? []).toEqual([]);
  });

  it('of people that are no roster are not taken for one', async () => {
    const refused = async (name: string, ...lines: readonly string[]) => {
      const { report, readings } = await importOne(name, csv(...lines));
      expect(readings.roster ?? []).toEqual([]);
      return report.problem ?? '';
    };
    // A list of completed trainings, one of accounts to create, and one of securities.
    expect(
      await refused(
        'completions.csv',
        'employee_name,employee_email,status,completed_at,expiration_date',
        `Ada Quist,${at('ada')},Completed,Jun 23 2026,Jun 23 2027`,
        `Ben Rook,${at('ben')},Completed,Jun 24 2026,Jun 24 2027`,
      ),
    ).toContain('could be');
    expect(
      await refused(
        'new accounts.csv',
        'UserPrincipalName,FirstName,LastName,Department,JobTitle,Password',
        `${at('ada')},Ada,Quist,Programs,Director,********`,
        `${at('ben')},Ben,Rook,Programs,Analyst,********`,
      ),
    ).toContain('this is a directory of accounts');
    // With the same columns, the name makes one a list of accounts, in which someone who left may be active.
    const same = [
      'employee_id,name,department,status',
      '101,Ada Quist,Finance,Active',
      '102,Ben Rook,HR,Active',
    ];
    expect(await refused('okta_users.csv', ...same)).toContain('lists accounts');
    expect(await refused('AD users 2026-11.csv', ...same)).toContain('lists accounts');
    expect((await importOne('hr_feed.csv', csv(...same))).report.kind).toBe('roster');
    await refused(
      'holdings.csv',
      'ID,Title,Name,Asset Class,Created By',
      '1,Government bond,1_.000,Fixed income,Ada Quist',
      '2,Index fund,2_.000,Equity,Ada Quist',
    );
  });

  it('of payroll systems keep the first day of 1900 where there is no last day, as a number too', async () => {
    const { readings } = await importOne(
      'roster.csv',
      csv(
        'Employee_Code,Legal_Lastname,Legal_Firstname,Work_Email,Employee_Status,DOL_Status,Hire_Date,Termination_Date',
        `A1,Quist,Ada,${at('ada')},Active,Full-Time,43879,1`,
        `A2,Rook,Ben,${at('ben')},Terminated,Seasonal,43957,46100`,
        `A3,Ames,Eve,${at('eve')},Active,Temporary,43727,0`,
      ),
    );
    expect(
      readings.roster?.[0]?.rows.map(({ status, endsOn, engagement, unsure }) => [
        status,
        endsOn,
        engagement,
        unsure,
      ]),
    ).toEqual([
      ['active', null, 'employee', null],
      ['left', '2026-03-19', 'contractor', null],
      ['active', null, 'contractor', null],
    ]);
  });

  it('of Microsoft Sentinel, or made for new accounts, are no export of Entra', async () => {
    const sentinel = await importOne(
      'SigninLogs.csv',
      csv(
        'TimeGenerated [UTC],CreatedDateTime [UTC],UserPrincipalName,AppDisplayName,AppId,IPAddress,ResultType,ConditionalAccessStatus,AuthenticationRequirement',
        `"6/15/2026, 12:40:24.178 PM","6/15/2026, 12:35:28.806 PM",${at('ada')},Claude,${GUID},192.0.2.1,0,notApplied,multiFactorAuthentication`,
      ),
    );
    expect(sentinel.report.problem).toContain('table SigninLogs of Log Analytics');
    const made = await importOne(
      'AzureADUsers.csv',
      csv('UserPrincipalName,AccountEnabled,GivenName,Surname,UsageLocation', 'ada.quist,TRUE,Ada,Quist,US'),
    );
    expect(made.readings.entra_users ?? []).toEqual([]);
  });

  it('of checks are no logs, although their cells hold lines and addresses of pages', async () => {
    const link = '<a class=""x"" href=""https://learn.example"" target=""_blank"" rel=""x"" id=""y"">see</a>';
    const { report } = await importOne(
      'results.csv',
      csv('Control ID,Requirement,Result', `"A.1","First, ${link}",Pass`, `"A.2","Second, ${link}",Fail`),
    );
    expect(report.problem).toBe(
      'Bylaw does not recognize this file. If it is an export, say which with --map kind=results.csv.',
    );
  });

  it('of an audit log whose person cannot be read are incomplete', async () => {
    const row = (actor: string) => `2026-11-20T10:00:00Z,conversation_created,"${actor}",{}`;
    const read = (actor: string) =>
      importOne('audit_logs.csv', csv('created_at,event,actor_info,entity_info', row(actor)));
    const known = await read(`{'name': 'Ada', 'metadata': {'email_address': '${at('ada')}'}}`);
    expect(known.readings.audit_log?.[0]?.complete).toBe(true);
    const cut = await read("{'name': 'Ada', 'metadata");
    expect(cut.readings.audit_log?.[0]?.complete).toBe(false);
    expect(cut.report.notes.map(({ says }) => says).join()).toContain('Who did this cannot be read');
  });
});

describe('the SharePoint usage report', () => {
  const HEADING =
    'Report Refresh Date,Site Id,Site URL,Owner Display Name,Is Deleted,Root Web Template,Owner Principal Name,Anonymous Link Count,Company Link Count,Report Period';

  it('counts links, and is no sharing report', async () => {
    const { report, readings } = await importOne(
      'SharePointSiteUsageDetail.csv',
      csv(
        HEADING,
        `2026-11-20,${GUID},https://alder.sharepoint.com/sites/board,Ada Quist,False,Group,${at('Ada')},2,5,180`,
        '2026-11-20,00000000-0000-0000-0000-000000000000,,,True,Team Site,,0,0,180',
      ),
    );
    expect(report).toMatchObject({ kind: 'site_usage', observedOn: '2026-11-20' });
    expect(readings.shared_sites ?? []).toEqual([]);
    expect(readings.site_usage?.[0]?.rows).toMatchObject([
      { id: GUID, owner: at('ada'), anyone: 2, links: 5, deleted: false, countedTo: '2026-11-20' },
      { id: null, url: null, deleted: true },
    ]);
  });

  it('is refused where a count is missing', async () => {
    const { report } = await importOne(
      'usage.csv',
      csv(HEADING, `2026-11-20,${GUID},https://alder.sharepoint.com/x,Ada,False,Group,,,5,180`),
    );
    expect(report.problem).toContain('does not count how often this site was shared');
  });
});
