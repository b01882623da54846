import { ownValue } from '#domain/model/own-value.ts';

/** Headings for groups of commands: those that work on local files, and those that use a server. */
export const HERE = 'On this machine, without a server:';
export const SERVER = 'On a server (choose it with “bylaw login”):';

/** Description of each group of server commands, in one line of help. */
const ABOUT: Readonly<Record<string, string>> = {
  access: 'Who may do what for one client',
  activity: 'What happened in Claude, according to the sources',
  alerts: 'Alerts: what detections found, the events behind each, and what someone decided',
  ams: 'Ways to the membership system, and what each needs',
  attestations: 'What people confirmed themselves, and how long it is valid',
  claims: 'Statements from files that someone has to confirm',
  conversations: 'Conversations of a person with time, model and tokens, without what was written',
  'claude-members':
    'Projects of people who leave: listed by Claude or by a person, and what happened to each',
  audit: 'The audit log: who did what, when and why',
  'audit workspace': 'The audit log of everything that belongs to no client',
  changes: 'Changes to external systems: plan, approve, carry out, verify, reverse',
  charter: 'The charter: its versions, drafts, what they change, approval, YAML',
  'charter draft': 'Charter drafts: start, edit, propose, approve',
  baselines: 'Baselines: templates of charter and deployment for many clients',
  'baselines difference': 'Differences of clients from their baseline',
  catalogue: 'What Bylaw knows: controls, capabilities, connectors, risks',
  clients: 'Clients: add, show, change, keep, hold, remove',
  connectors: 'Connectors: the matrix of what Claude may do in each system, and its changes',
  controls: 'Controls of a client: what passes, what fails, and why',
  deployment:
    'The deployment: tasks and their proof, what was recorded, DNS checks, handover, the signed record',
  'deployment announcement': 'Tell staff by email what is coming',
  'deployment override': 'Start a locked task anyway: request, approve, refuse',
  'deployment record': 'The signed record of the deployment',
  detections: 'Detections: those in use, trying one on the last 90 days, tuning, Sigma',
  devices: 'Device lockdown: settings that enforce the charter on devices, their files, and a check of yours',
  dlp: 'Data loss prevention: what it looks for, what guards decided, the inference hook, the check at the proxy, custom patterns, recorded exports, the rules for Purview',
  'dlp labels': 'How often each rule was right, according to what people said about its alarms',
  drift: 'Drift: what differs from the charter, who caused it, and what was decided',
  evidence: 'Files behind the verdicts, stored by SHA-256',
  'evidence room': 'Everything for an auditor in one signed file',
  exceptions: 'Exceptions: request, approve, refuse, end',
  grants: 'Roles and permissions of people, for all clients or one',
  imports: 'Import files: start, add files, read, preview, store',
  incidents: 'Incidents and drills: open, record steps, close with proof, the report',
  'incidents own-types': 'Types of incident that the client defines itself',
  'incidents report': 'The post-incident report: signed as a PDF, or as a page',
  invitations: 'Invite people to Bylaw',
  journeys: 'People who leave or join: what is done for each, by whom and when, and what the files show',
  'conditional-access':
    'Conditional Access for Claude: what covers it, how policies differ, the steps to them, What If',
  'microsoft-connector': 'The Microsoft 365 connector: what it needs and has in Entra',
  'microsoft-tenant': 'The Microsoft 365 tenant: devices, risk, alerts and applications',
  network:
    'Network and browsers: refuse other Claude organizations, files for gateways and browsers, and a check of yours',
  notifications: 'What is waiting for you across your clients',
  paths: 'Menu paths that have changed: reports of them, and corrections for every client',
  people: 'People of a client: seats and staff side by side, and decisions about them',
  'personal-accounts': 'Personal accounts: the status of each, messages to holders, what reports show',
  'personal-accounts record': 'The signed record of the personal accounts',
  planner: 'What plans and licenses let a client enforce, and what each upgrade would buy',
  'planner comparisons': 'Comparisons of purchases that were saved',
  'planner quotes': 'Quotes that a client received, which take precedence over list prices',
  policy: 'The acceptable use policy: its text, its versions, and who acknowledged it',
  'policy coverage': 'Who has Claude and whether they acknowledged the policy in force',
  'policy deliveries': 'Every email about the policy: who it went to, when, and what failed',
  'policy draft': 'Drafts of the policy: write, send for approval, approve',
  'policy page': 'The page where staff read and acknowledge the policy',
  'policy register': 'Every acknowledgment of the policy',
  'policy reviews': 'Reviews of Claude’s texts before they were used',
  providers: 'Sign-in providers (OpenID Connect)',
  reminders: 'Reminders of due work by email, and your own calendar',
  requests: 'Requests for connectors: request, review, decide with an end date',
  reviews: 'Governance reviews: what is due, open one, answer its items, sign it',
  reports: 'Reports: make, download, compare, schedule',
  revisions: 'Revisions of the catalogue, and which clients each affects',
  risks: 'How each risk is covered now, and what remains',
  sandbox: 'The sandbox association, for trying things out',
  settings: 'Settings of this Bylaw: name, mail, how long things are kept',
  staff: 'What staff reported on the staff page, and their training',
  'staff training': 'Who has Claude, and who passed the quiz of the training',
  sources: 'Sources read with a key: connect, test, read now, and which periods are complete',
  telemetry: 'Telemetry: where Claude sends it, the tokens that allow it, and what arrived',
  sinks: 'Sinks: where activities and alerts are sent, and what was refused there',
  tokens: 'Tokens for commands, Claude and automation',
  texts: 'The texts that come with the policy',
  usage: 'How much Claude is used: messages, people, connectors, models, adoption, cost',
  'usage weekly': 'The weekly usage file: who gets it, and the files so far',
  users: 'People who can sign in to Bylaw',
  work: 'What is due, and recurring tasks: who does them, when, and what was done',
};

/** Throws if a group has no description, so that none is shown without. */
export function aboutGroup(words: string): string {
  const about = ownValue(ABOUT, words);
  if (about === undefined)
    throw new Error(
      `the group of commands “${words}” has no description: write it under ABOUT in src/cli/remote/groups.ts`,
    );
  return about;
}
