import type { Variant } from './recognize-consoles.ts';
import { csv } from './support.ts';

/** Exports of everyday programs, by the headings that they write, and lists that are none of what Bylaw reads. */
export const EVERYDAY: readonly Variant[] = [
  [
    'roster: BambooHR',
    'export.csv',
    csv(
      '"Employee #","Last name, First name","Work Email","Status","Hire Date","Termination Date","Department","Reports To"',
      '"101","Lee, Ann","ann@alder.example.org","Active","2020-01-15","","Finance","Eve Moe"',
      '"102","Roe, Bo","bo@alder.example.org","Inactive","2021-02-01","2026-09-30","IT","Ann Lee"',
    ),
    'roster',
  ],
  [
    'roster: Gusto',
    'g.csv',
    csv(
      'First name,Last name,Preferred first name,Work email,Personal email,Employee type,Start date,End date,Job title,Manager,Status',
      'Ann,Lee,,ann@alder.example.org,,Full time,01/15/2020,,CFO,Eve Moe,Active',
    ),
    'roster',
  ],
  [
    'roster: ADP',
    'census.csv',
    csv(
      'Associate ID,Payroll Name,Position Status,Hire/Rehire Date,Termination Date,Work Contact: Work Email,Home Department Description',
      'X1,"Lee, Ann",Active,01/15/2020,,ann@alder.example.org,Finance',
    ),
    'roster',
  ],
  [
    'roster: Paycor',
    'p.csv',
    csv(
      'Employee Full Name,Emp #,Emp Status,Work Email Address,Date of Hire,Term Date,Title',
      'Ann Lee,1,A,ann@alder.example.org,1/15/2020,,CFO',
    ),
    'roster',
  ],
  [
    'domain memberships: personal organizations with owners of their own',
    'members of our domain.csv',
    csv(
      'email,organization_name,organization_type,role,created_at',
      'ann@alder.example.org,Alder Society,team,owner,2026-01-02',
      "cy@alder.example.org,cy's Organization,individual,owner,2025-01-02",
    ),
    'domain_memberships',
  ],
  [
    'acknowledgements: DocuSign',
    'd.csv',
    csv(
      'Envelope Subject,Recipient Name,Recipient Email,Status,Completed On',
      'AI Acceptable Use Policy v1.3,Ann Lee,ann@alder.example.org,Completed,11/2/2026 10:04 AM',
    ),
    'acknowledgements',
  ],
  [
    'usage: nobody spent anything',
    'spend-report.csv',
    csv(
      'user_email,account_uuid,product,model,model_family,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd',
    ),
    'usage',
  ],
  [
    'none: users of Google',
    'users.csv',
    csv(
      'First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required],Status [READ ONLY]',
      'Ann,Lee,ann@alder.example.org,/,Active',
    ),
    null,
  ],
  [
    'roster: names and jobs, and a name that says so',
    'staff roster.csv',
    csv('Name,Position,Email', 'Ann Lee,CFO,ann@alder.example.org'),
    'roster',
  ],
  [
    'roster: names and addresses only, and a name that says so',
    'HR list.csv',
    csv('Name,Email', 'Ann Lee,ann@alder.example.org'),
    'roster',
  ],
  [
    'roster: departments beside names and addresses',
    'export1.csv',
    csv('Name,Email,Department', 'Ann Lee,ann@alder.example.org,Events'),
    'roster',
  ],
  [
    'members: Claude roles are no job titles',
    'export2.csv',
    csv('Email,Role,Status', 'ann@alder.example.org,Owner,Active', 'bo@alder.example.org,User,Active'),
    'members',
  ],
  [
    'none: names and addresses that may be anyone, under the word that associations use for those who pay dues',
    'members.csv',
    csv('Name,Email', 'Ann Lee,ann@alder.example.org'),
    null,
  ],
  [
    'none: a training',
    'training.csv',
    csv('User,Course,Status,Completed date', 'ann@alder.example.org,AI basics,Completed,2026-10-02'),
    null,
  ],
];
