import { csv } from './support.ts';

/** A file as someone may bring it, and the kind that it is; null: none that Bylaw reads. */
export type Variant = readonly [what: string, name: string, content: string, kind: string | null];

/** Headings as consoles and everyday HR, payroll, form and e-signature exports write them, under names that say little. */
export const VARIANTS: readonly Variant[] = [
  [
    'members: documented columns',
    'export.csv',
    csv(
      'Name,Email,Role,Seat Tier',
      'Ann Lee,ann@alder.example.org,Owner,Premium',
      'Bo Roe,bo@alder.example.org,User,Standard',
    ),
    'members',
  ],
  [
    'members: no seat',
    'download (3).csv',
    csv(
      'Full name,Email address,Role,Status',
      'Ann Lee,ann@alder.example.org,Primary Owner,Active',
      'Bo Roe,bo@alder.example.org,Member,Pending',
    ),
    'members',
  ],
  [
    'members: snake case',
    'x.txt',
    csv(
      'email_address;name;role;seat_type;last_active',
      'ann@alder.example.org;Ann Lee;primary_owner;standard;2026-11-01',
      'bo@alder.example.org;Bo;user;standard;never',
    ),
    'members',
  ],
  [
    'members: interface roles, tabs',
    'data.tsv',
    'User email\tUser role\tLicense\nann@alder.example.org\tmembership_admin\tPremium\nbo@alder.example.org\tmanaged\tStandard\n',
    'members',
  ],
  [
    'members: first and last name',
    'claude.csv',
    csv(
      'First Name,Last Name,E-mail,Organization Role,Joined',
      'Ann,Lee,ann@alder.example.org,Admin,2026-01-02',
      'Bo,Roe,bo@alder.example.org,User,2026-01-03',
    ),
    'members',
  ],
  [
    'roster: HR system',
    'Report1.csv',
    csv(
      'Employee ID,Full Name,Work Email,Department,Hire Date,Employment Status,Termination Date',
      '17,Ann Lee,ann@alder.example.org,Finance,01/15/2020,Active,',
      '18,Bo Roe,bo@alder.example.org,IT,02/03/2021,Terminated,09/30/2026',
    ),
    'roster',
  ],
  [
    'roster: payroll',
    'PAY2026.csv',
    csv(
      'File Number,Payroll Name,Status,Hire Date,Term Date,Home Department',
      '001,"Lee, Ann",A,1/15/2020,,100',
      '002,"Roe, Bo",T,2/3/2021,9/30/2026,200',
    ),
    'roster',
  ],
  [
    'roster: small association',
    'who works here.csv',
    csv('Name,Email,Title,Department,Start Date', 'Ann Lee,ann@alder.example.org,CFO,Finance,2020-01-15'),
    'roster',
  ],
  [
    'roster: last working day',
    'list.csv',
    csv(
      'Staff member;Mail;Last working day;Status',
      'Ann Lee;ann@alder.example.org;;current',
      'Bo Roe;bo@alder.example.org;30.09.2026;left',
    ),
    'roster',
  ],
  [
    'roster: first and last, manager',
    'org.csv',
    csv(
      'First name,Last name,Work email,Job title,Manager email,Employment type',
      'Ann,Lee,ann@alder.example.org,CFO,eve@alder.example.org,Full-time',
      'Bo,Roe,bo@alder.example.org,Intern,ann@alder.example.org,Intern',
    ),
    'roster',
  ],
  [
    'roster: British',
    'people export.csv',
    csv(
      'Surname,Forename,Email,Date of leaving,Contract type,Line manager',
      'Lee,Ann,ann@alder.example.org,,Permanent,Eve',
      'Roe,Bo,bo@alder.example.org,30/09/2026,Temporary,Ann',
    ),
    'roster',
  ],
  [
    'domain memberships: CSV',
    'claude report.csv',
    csv(
      'Email,Plan,Organization,Created,Last active',
      'ann@alder.example.org,Team,Alder Society,2026-01-02,2026-11-01',
      'cy@alder.example.org,Free,,2025-03-04,2026-10-02',
    ),
    'domain_memberships',
  ],
  [
    'domain memberships: claim preview',
    'preview.csv',
    csv(
      'Email address,Plan type,Account creation date,Last active date',
      'cy@alder.example.org,free,2025-03-04,2026-10-02',
      'di@alder.example.org,pro,2025-03-04,2026-10-02',
    ),
    'domain_memberships',
  ],
  [
    'domain memberships: in workspace',
    'accounts.csv',
    csv(
      'user_email,in_workspace,plan_type',
      'ann@alder.example.org,true,team',
      'cy@alder.example.org,false,max',
    ),
    'domain_memberships',
  ],
  [
    'domain memberships: JSON',
    'answer.json',
    JSON.stringify({
      data: [
        {
          email_address: 'cy@alder.example.org',
          plan_type: 'free',
          created_at: '2025-03-04T01:02:03Z',
          organization: null,
        },
      ],
    }),
    'domain_memberships',
  ],
  [
    'usage: spend report',
    'October.csv',
    csv(
      'user_email,account_uuid,product,model,model_family,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd',
      'ann@alder.example.org,u1,Chat,claude-x,Sonnet,12,300,40,1.20,1.50',
    ),
    'usage',
  ],
  [
    'usage: messages by hand',
    'monthly.csv',
    csv('User,Messages,Month', 'ann@alder.example.org,120,2026-10', 'bo@alder.example.org,14,2026-10'),
    'usage',
  ],
  [
    'usage: spend and name only',
    'spend.csv',
    csv('Name,Email,Net spend (USD),Requests', 'Ann,ann@alder.example.org,"$1,204.50",90'),
    'usage',
  ],
  [
    'audit log',
    'file.csv',
    csv(
      'created_at,actor_info,event,event_info,entity_info,ip_address,device_id,user_agent,client_platform',
      `2026-05-01T09:00:00.1Z,"{'name': 'Ann', 'uuid': 'u', 'metadata': {'email_address': 'ann@alder.example.org'}}",conversation_created,{},{},192.0.2.1,,,`,
    ),
    'audit_log',
  ],
  [
    'audit log: columns left out',
    'log.csv',
    csv('created_at,event,actor_info', `2026-05-01T09:00:00.1Z,user_signed_in_sso,"{'name': 'Ann'}"`),
    'audit_log',
  ],
  [
    'connectors: one line per action',
    'settings copied.csv',
    csv(
      'Connector,Action,State',
      'Salesforce,Search records,Always allow',
      'Salesforce,Delete record,Blocked',
    ),
    'connectors',
  ],
  [
    'connectors: marks',
    'matrix.csv',
    csv('Connector,Tool,Always allow,Needs approval,Blocked', 'Slack,Read channel,x,,', ',Send message,,x,'),
    'connectors',
  ],
  [
    'connectors: enabled only',
    'what is on.csv',
    csv('Connector,Enabled', 'Slack,Yes', 'Gmail,No'),
    'connectors',
  ],
  [
    'connectors: interface words',
    'tools.csv',
    csv('mcp_server_name|tool_name|max_permission', 'Asana|create_task|ask', 'Asana|delete_task|blocked'),
    'connectors',
  ],
  [
    'acknowledgements: form',
    'Responses.csv',
    csv(
      'ID,Start time,Completion time,Email,Name,I have read and understood the AI policy v1.2',
      '1,11/2/26 9:01,11/2/26 9:03,ann@alder.example.org,Ann Lee,Yes',
    ),
    'acknowledgements',
  ],
  [
    'acknowledgements: HR',
    'signed.csv',
    csv(
      'Employee,Email,Policy,Policy version,Date acknowledged',
      'Ann Lee,ann@alder.example.org,AI use,1.2,2026-11-02',
    ),
    'acknowledgements',
  ],
  [
    'acknowledgements: e-signature',
    'envelopes.csv',
    csv(
      'Recipient name,Email address,Document title,Signature status,Date signed',
      'Ann Lee,ann@alder.example.org,AI Acceptable Use Policy v2.0,Signed,Nov 2 2026',
    ),
    'acknowledgements',
  ],
  [
    'Entra: portal',
    'exportUsers_2026-11-20.csv',
    csv(
      'userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,creationType',
      'ann@alder.example.org,Ann Lee,Lee,ann@alder.example.org,Ann,6f9619ff-8b86-d011-b42d-00cf4fc964ff,Member,CFO,Finance,True,US,',
    ),
    'entra_users',
  ],
  [
    'Microsoft 365 admin center',
    'users.csv',
    csv(
      'Block credential,Department,Display name,First name,Last name,Licenses,Object Id,Proxy addresses,Title,User principal name,When created',
      'False,Finance,Ann Lee,Ann,Lee,Microsoft 365 Business Premium,6f9619ff,smtp:al@alder.example.org+SMTP:ann@alder.example.org,CFO,ann@alder.example.org,2020-01-15',
    ),
    'entra_users',
  ],
  [
    'Entra: sign-in logs from the portal',
    'InteractiveSignIns_2026-10-24_2026-11-23.csv',
    csv(
      'Date (UTC),Request ID,User agent,User ID,User,Username,User type,Application,Application ID ,Resource,Resource ID ,IP address,Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Compliant,Managed,Join Type,Multifactor authentication result,Authentication requirement,Conditional Access',
      '2026-11-23T15:10:00Z,r1,Mozilla/5.0,6f9619ff,Ann Lee,ann@alder.example.org,Member,Claude,5ea5e100-2222-4333-8444-0123456789ab,Claude,5ea5e100-2222-4333-8444-0123456789ab,198.51.100.7,US,Success,0,,Browser,,Yes,Yes,,,Multifactor authentication,Success',
    ),
    'sign_ins',
  ],
  [
    "none: the association's own members",
    'members.csv',
    csv(
      'Member ID,Name,Email,Membership type,Join date,Renewal date,Status',
      '900,Pat Doe,pat@mail.example.com,Regular,2019-02-03,2027-01-01,Active',
    ),
    null,
  ],
  [
    'none: members of another tool',
    'slack.csv',
    csv(
      'username,email,status,billing-active,has-2fa,has-sso,userid,fullname',
      'ann,ann@alder.example.org,Primary Owner,1,1,0,U1,Ann Lee',
      'bo,bo@alder.example.org,Member,1,1,0,U2,Bo Roe',
    ),
    null,
  ],
  [
    'none: names and addresses only',
    'contacts.csv',
    csv('Name,Email', 'Ann Lee,ann@alder.example.org'),
    null,
  ],
  [
    'none: an invoice',
    'invoice.csv',
    csv('Invoice,Date,Item,Amount', '17,2026-10-01,Seats,"1,500.00"'),
    null,
  ],
];
