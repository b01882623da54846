/** A file that someone may upload, and its kind; null: a file that Bylaw does not read. */
type Variant = readonly [what: string, name: string, content: string, kind: string | null];

/** Parses variants from text: a line with description, name and kind, then the lines of the file. */
function variants(text: string): Variant[] {
  return text
    .trim()
    .split(/\n(?! )/u)
    .map((one) => {
      const [head = '', ...lines] = one.split('\n');
      const [what = '', name = '', kind] = head.split(' | ');
      if (kind === undefined) throw new TypeError(`This is no variant: ${head}`);
      const content = lines.map((line) => `${line.slice(2)}\n`).join('');
      return [what, name, content, kind === 'none' ? null : kind];
    });
}

/** Headings of consoles and of common HR, payroll, form and e-signature exports, in files with uninformative names. */
export const VARIANTS: readonly Variant[] = [
  [
    'members: interface roles, tabs',
    'data.tsv',
    'User email\tUser role\tLicense\nann@alder.example.org\tmembership_admin\tPremium\nbo@alder.example.org\tmanaged\tStandard\n',
    'members',
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
  ...variants(`
members: documented columns | export.csv | members
  Name,Email,Role,Seat Tier
  Ann Lee,ann@alder.example.org,Owner,Premium
  Bo Roe,bo@alder.example.org,User,Standard
members: no seat | download (3).csv | members
  Full name,Email address,Role,Status
  Ann Lee,ann@alder.example.org,Primary Owner,Active
  Bo Roe,bo@alder.example.org,Member,Pending
members: snake case | x.txt | members
  email_address;name;role;seat_type;last_active
  ann@alder.example.org;Ann Lee;primary_owner;standard;2026-11-01
  bo@alder.example.org;Bo;user;standard;never
members: first and last name | claude.csv | members
  First Name,Last Name,E-mail,Organization Role,Joined
  Ann,Lee,ann@alder.example.org,Admin,2026-01-02
  Bo,Roe,bo@alder.example.org,User,2026-01-03
roster: HR system | Report1.csv | roster
  Employee ID,Full Name,Work Email,Department,Hire Date,Employment Status,Termination Date
  17,Ann Lee,ann@alder.example.org,Finance,01/15/2020,Active,
  18,Bo Roe,bo@alder.example.org,IT,02/03/2021,Terminated,09/30/2026
roster: payroll | PAY2026.csv | roster
  File Number,Payroll Name,Status,Hire Date,Term Date,Home Department
  001,"Lee, Ann",A,1/15/2020,,100
  002,"Roe, Bo",T,2/3/2021,9/30/2026,200
roster: small association | who works here.csv | roster
  Name,Email,Title,Department,Start Date
  Ann Lee,ann@alder.example.org,CFO,Finance,2020-01-15
roster: last working day | list.csv | roster
  Staff member;Mail;Last working day;Status
  Ann Lee;ann@alder.example.org;;current
  Bo Roe;bo@alder.example.org;30.09.2026;left
roster: first and last, manager | org.csv | roster
  First name,Last name,Work email,Job title,Manager email,Employment type
  Ann,Lee,ann@alder.example.org,CFO,eve@alder.example.org,Full-time
  Bo,Roe,bo@alder.example.org,Intern,ann@alder.example.org,Intern
roster: British | people export.csv | roster
  Surname,Forename,Email,Date of leaving,Contract type,Line manager
  Lee,Ann,ann@alder.example.org,,Permanent,Eve
  Roe,Bo,bo@alder.example.org,30/09/2026,Temporary,Ann
domain memberships: CSV | claude report.csv | domain_memberships
  Email,Plan,Organization,Created,Last active
  ann@alder.example.org,Team,Alder Society,2026-01-02,2026-11-01
  cy@alder.example.org,Free,,2025-03-04,2026-10-02
domain memberships: claim preview | preview.csv | domain_memberships
  Email address,Plan type,Account creation date,Last active date
  cy@alder.example.org,free,2025-03-04,2026-10-02
  di@alder.example.org,pro,2025-03-04,2026-10-02
domain memberships: in workspace | accounts.csv | domain_memberships
  user_email,in_workspace,plan_type
  ann@alder.example.org,true,team
  cy@alder.example.org,false,max
usage: spend report | October.csv | usage
  user_email,account_uuid,product,model,model_family,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd
  ann@alder.example.org,u1,Chat,claude-x,Sonnet,12,300,40,1.20,1.50
usage: messages by hand | monthly.csv | usage
  User,Messages,Month
  ann@alder.example.org,120,2026-10
  bo@alder.example.org,14,2026-10
usage: spend and name only | spend.csv | usage
  Name,Email,Net spend (USD),Requests
  Ann,ann@alder.example.org,"$1,204.50",90
audit log | file.csv | audit_log
  created_at,actor_info,event,event_info,entity_info,ip_address,device_id,user_agent,client_platform
  2026-05-01T09:00:00.1Z,"{'name': 'Ann', 'uuid': 'u', 'metadata': {'email_address': 'ann@alder.example.org'}}",conversation_created,{},{},192.0.2.1,,,
audit log: columns left out | log.csv | audit_log
  created_at,event,actor_info
  2026-05-01T09:00:00.1Z,user_signed_in_sso,"{'name': 'Ann'}"
connectors: one line per action | settings copied.csv | connectors
  Connector,Action,State
  Salesforce,Search records,Always allow
  Salesforce,Delete record,Blocked
connectors: marks | matrix.csv | connectors
  Connector,Tool,Always allow,Needs approval,Blocked
  Slack,Read channel,x,,
  ,Send message,,x,
connectors: enabled only | what is on.csv | connectors
  Connector,Enabled
  Slack,Yes
  Gmail,No
connectors: interface words | tools.csv | connectors
  mcp_server_name|tool_name|max_permission
  Asana|create_task|ask
  Asana|delete_task|blocked
acknowledgements: form | Responses.csv | acknowledgements
  ID,Start time,Completion time,Email,Name,I have read and understood the AI policy v1.2
  1,11/2/26 9:01,11/2/26 9:03,ann@alder.example.org,Ann Lee,Yes
acknowledgements: HR | signed.csv | acknowledgements
  Employee,Email,Policy,Policy version,Date acknowledged
  Ann Lee,ann@alder.example.org,AI use,1.2,2026-11-02
acknowledgements: e-signature | envelopes.csv | acknowledgements
  Recipient name,Email address,Document title,Signature status,Date signed
  Ann Lee,ann@alder.example.org,AI Acceptable Use Policy v2.0,Signed,Nov 2 2026
Entra: portal | exportUsers_2026-11-20.csv | entra_users
  userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,creationType
  ann@alder.example.org,Ann Lee,Lee,ann@alder.example.org,Ann,6f9619ff-8b86-d011-b42d-00cf4fc964ff,Member,CFO,Finance,True,US,
Microsoft 365 admin center | users.csv | entra_users
  Block credential,Department,Display name,First name,Last name,Licenses,Object Id,Proxy addresses,Title,User principal name,When created
  False,Finance,Ann Lee,Ann,Lee,Microsoft 365 Business Premium,6f9619ff,smtp:al@alder.example.org+SMTP:ann@alder.example.org,CFO,ann@alder.example.org,2020-01-15
Entra: sign-in logs from the portal | InteractiveSignIns_2026-10-24_2026-11-23.csv | sign_ins
  Date (UTC),Request ID,User agent,User ID,User,Username,User type,Application,Application ID ,Resource,Resource ID ,IP address,Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Compliant,Managed,Join Type,Multifactor authentication result,Authentication requirement,Conditional Access
  2026-11-23T15:10:00Z,r1,Mozilla/5.0,6f9619ff,Ann Lee,ann@alder.example.org,Member,Claude,5ea5e100-2222-4333-8444-0123456789ab,Claude,5ea5e100-2222-4333-8444-0123456789ab,198.51.100.7,US,Success,0,,Browser,,Yes,Yes,,,Multifactor authentication,Success
none: the association's own members | members.csv | none
  Member ID,Name,Email,Membership type,Join date,Renewal date,Status
  900,Pat Doe,pat@mail.example.com,Regular,2019-02-03,2027-01-01,Active
none: members of another tool | slack.csv | none
  username,email,status,billing-active,has-2fa,has-sso,userid,fullname
  ann,ann@alder.example.org,Primary Owner,1,1,0,U1,Ann Lee
  bo,bo@alder.example.org,Member,1,1,0,U2,Bo Roe
none: names and addresses only | contacts.csv | none
  Name,Email
  Ann Lee,ann@alder.example.org
none: an invoice | invoice.csv | none
  Invoice,Date,Item,Amount
  17,2026-10-01,Seats,"1,500.00"
`),
];

/** Exports of common programs, identified by their headings, and lists that Bylaw does not read. */
export const EVERYDAY: readonly Variant[] = variants(`
roster: BambooHR | export.csv | roster
  "Employee #","Last name, First name","Work Email","Status","Hire Date","Termination Date","Department","Reports To"
  "101","Lee, Ann","ann@alder.example.org","Active","2020-01-15","","Finance","Eve Moe"
  "102","Roe, Bo","bo@alder.example.org","Inactive","2021-02-01","2026-09-30","IT","Ann Lee"
roster: Gusto | g.csv | roster
  First name,Last name,Preferred first name,Work email,Personal email,Employee type,Start date,End date,Job title,Manager,Status
  Ann,Lee,,ann@alder.example.org,,Full time,01/15/2020,,CFO,Eve Moe,Active
roster: ADP | census.csv | roster
  Associate ID,Payroll Name,Position Status,Hire/Rehire Date,Termination Date,Work Contact: Work Email,Home Department Description
  X1,"Lee, Ann",Active,01/15/2020,,ann@alder.example.org,Finance
roster: Paycor | p.csv | roster
  Employee Full Name,Emp #,Emp Status,Work Email Address,Date of Hire,Term Date,Title
  Ann Lee,1,A,ann@alder.example.org,1/15/2020,,CFO
domain memberships: personal organizations with owners of their own | members of our domain.csv | domain_memberships
  email,organization_name,organization_type,role,created_at
  ann@alder.example.org,Alder Society,team,owner,2026-01-02
  cy@alder.example.org,cy's Organization,individual,owner,2025-01-02
acknowledgements: DocuSign | d.csv | acknowledgements
  Envelope Subject,Recipient Name,Recipient Email,Status,Completed On
  AI Acceptable Use Policy v1.3,Ann Lee,ann@alder.example.org,Completed,11/2/2026 10:04 AM
usage: nobody spent anything | spend-report.csv | usage
  user_email,account_uuid,product,model,model_family,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd
none: users of Google | users.csv | none
  First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required],Status [READ ONLY]
  Ann,Lee,ann@alder.example.org,/,Active
roster: names and jobs, and a name that says so | staff roster.csv | roster
  Name,Position,Email
  Ann Lee,CFO,ann@alder.example.org
roster: names and addresses only, and a name that says so | HR list.csv | roster
  Name,Email
  Ann Lee,ann@alder.example.org
roster: departments beside names and addresses | export1.csv | roster
  Name,Email,Department
  Ann Lee,ann@alder.example.org,Events
members: Claude roles are no job titles | export2.csv | members
  Email,Role,Status
  ann@alder.example.org,Owner,Active
  bo@alder.example.org,User,Active
none: names and addresses that may be anyone, under the word that associations use for those who pay dues | members.csv | none
  Name,Email
  Ann Lee,ann@alder.example.org
none: a training | training.csv | none
  User,Course,Status,Completed date
  ann@alder.example.org,AI basics,Completed,2026-10-02
`);
