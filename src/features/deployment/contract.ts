import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { LOCKDOWN_VARIANTS } from '#domain/model/journal.ts';
import { NOTES } from '#domain/model/journey.ts';
import { clientParam, listOf, operationsOf, reasonParam } from '../operation.ts';
import { assignmentSchema, ownerText } from '../owners/schemas.ts';
import { pageParams } from '../paging.ts';
import { paperParam, sha256Param, signedFile } from '../shared/file-parts.ts';
import { tableFormat } from '../shared/table-format.ts';
import {
  announcedSchema,
  announcementSchema,
  checkSchema,
  handoverSchema,
  invitationLine,
  journeyStatusSchema,
  referenceSchema,
  rolesSchema,
  SIDES,
  summarySchema,
} from './schemas.ts';
import { expectedSchema, overrideSchema } from './task-schemas.ts';

const taskParam = z.string().trim().min(1).max(80).describe('Id of the task, for example invite_staff');
const overrideParam = z.string().min(1).max(80).describe('Id of the override, from deployment show');
const sha = sha256Param.describe('SHA-256 of the record, from deployment show');
const { download, get, post, put } = operationsOf({ feature: 'Deployment', scope: 'client' });

export const deploymentContract = {
  show: get('/clients/{client}/deployment', {
    title: 'Show the status of the deployment',
    description:
      'Every task with what proves it, how it is done and what it is waiting for. A task is proved by the verdicts on its controls and by nothing else.',
    permission: 'deployment.read',
    cli: 'deployment show',
    mcp: true,
    guide: ['G2.1-00', 'G2.2-14', 'G2.2-15', 'G2.2-19', 'GA-00'],
    boundedBy: 'the tasks that the catalogue has',
  }).output(journeyStatusSchema),
  summary: get('/clients/{client}/deployment/summary', {
    title: 'Show the progress of the deployment in one line',
    description: 'What Home shows: how many tasks are proved, what else counts as done, and what is next.',
    permission: 'deployment.read',
    cli: 'deployment summary',
    mcp: true,
    guide: ['G2-00'],
  }).output(summarySchema),
  roles: get('/clients/{client}/deployment/roles', {
    title: 'Show who administers Claude, and which tasks lack someone with the role',
    description:
      'Who is Primary Owner, Owner or Admin according to the newest list of members, and what each role may do on the client’s plan. For each open task that needs such a role, whether anyone who may work on the deployment or was assigned one of its tasks holds it. People are matched by address.',
    permission: 'people.read',
    cli: 'deployment roles',
    mcp: true,
    guide: ['G1.1-01'],
    boundedBy: 'three roles, who has access to the client, and the tasks of the catalogue',
  })
    .input(z.object({ client: clientParam }))
    .output(rolesSchema),
  quickReference: get('/clients/{client}/deployment/quick-reference', {
    title: 'Show the sixteen lines of the quick reference',
    description:
      'Appendix A of the guide, each line with a state computed from its checks. Nothing can be checked off by hand. A step that was done in the wrong order is marked as such.',
    permission: 'deployment.read',
    cli: 'deployment quick-reference',
    mcp: true,
    guide: ['GA-00', 'GA-04', 'GA-05', 'GA-09'],
    boundedBy: 'the sixteen lines of a sheet',
  }).output(referenceSchema),
  immediateActions: get('/clients/{client}/deployment/immediate-actions', {
    title: 'Show the actions to take immediately',
    description:
      'The five actions of the guide’s section 4.2 against personal accounts, in its order, each with a state computed from its checks. The first is done only once DNS or Claude’s own log shows the verified domain, not by someone’s word.',
    permission: 'deployment.read',
    cli: 'deployment immediate-actions',
    mcp: true,
    guide: ['G4.2-01', 'G4.2-02', 'G4.2-03', 'G4.2-04', 'G4.2-05'],
    boundedBy: 'the lines of a sheet',
  }).output(referenceSchema),
  note: post('/clients/{client}/deployment/notes', {
    title: 'Record what was done',
    description:
      'Adds an entry to the journal, as a new version of it that is kept as evidence; earlier versions stay. The controls are re-evaluated.',
    permission: 'work.edit',
    audit: 'deployment.note',
    verifiedAccount: true,
    cli: 'deployment note',
    guide: ['G2.1-00', 'G2.1-03', 'G2.1-06', 'G2.2-14', 'G6.4-06', 'G6.4-08', 'G6.4-10'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        entry: z.enum(NOTES).describe('What the note is about'),
        on: day.describe('Date it was done, or is due'),
        by: z.string().trim().min(1).max(200).optional().describe('Who did it; left out: you'),
        recipients: z.number().int().min(0).max(1_000_000).optional().describe('How many people it reached'),
        arrived: z.boolean().optional().describe('Whether the test event arrived'),
        blocked: z.boolean().optional().describe('Whether the upload was blocked'),
        patterns: z
          .string()
          .regex(/^[0-9a-f]{12}$/)
          .optional()
          .describe('Version of the patterns that were entered; left out: the current one'),
        variant: z
          .enum(LOCKDOWN_VARIANTS)
          .optional()
          .describe(
            'Required for the lockdown. added_only: the console has no restriction switch, and members can use only connectors that an Owner has added · switch: it has one, and it is on',
          ),
        evidence: sha256Param
          .optional()
          .describe('Required for the lockdown: SHA-256 of the evidence file that shows it'),
        note: z.string().trim().max(2000).optional(),
      }),
    )
    .output(
      z.object({
        entry: z.enum(NOTES),
        says: z.string().describe('What the journal now says'),
        sha256: z.string().describe('SHA-256 of the journal as kept in the evidence'),
      }),
    ),
  announcement: {
    preview: get('/clients/{client}/deployment/announcement', {
      title: 'Show the announcement to staff before it is sent',
      description:
        'The text with the client’s own name and domain, and every person on the roster: who would get an email, who already has it, and who is left out and why. Nothing is sent.',
      permission: 'people.read',
      cli: 'deployment announcement preview',
      why: 'It lists staff with their addresses, for a person who is about to write to them.',
      guide: ['G2.1-06'],
      list: { in: 'lines', key: ['name', 'address'] },
    })
      .input(z.object({ client: clientParam, ...pageParams() }))
      .output(announcementSchema),
    send: post('/clients/{client}/deployment/announcement', {
      title: 'Send the announcement to staff',
      description:
        'Sends one email, through the workspace’s mail server, to each address of the client that has not received it. Text and list are kept as evidence, failures are listed by address and can be sent again, and the journal says how many people it reached.',
      permission: 'work.edit',
      proof: 'fresh',
      audit: 'deployment.announcement.send',
      cli: 'deployment announcement send',
      guide: ['G2.1-06'],
      noVerifiedAccount: 'what counts is the mail that Bylaw sent, and how many it reached',
    })
      .input(
        z.strictObject({
          client: clientParam,
          subject: z.string().trim().min(1, 'Enter a subject for the email.').max(200),
          text: z.string().trim().min(1, 'Enter what staff should know.').max(10_000),
          mails: z.number().int().min(1).describe('Number of emails from the preview, to confirm the list'),
        }),
      )
      .output(announcedSchema),
  },
  recipients: download('/clients/{client}/deployment/recipients', {
    title: 'Export the people whom an announcement has to reach',
    description:
      'Everyone who works here according to the roster, with their address or with what is missing.',
    permission: 'people.read',
    cli: 'deployment recipients',
    why: 'A file for a person to send to; people list gives the same.',
    guide: ['G2.1-06'],
  }).input(z.object({ client: clientParam, format: tableFormat })),
  invitations: get('/clients/{client}/deployment/invitations', {
    title: 'List the invitations to Claude one by one',
    description:
      'Staff who have not been invited yet, and each invitation that any list of members contained: waiting, accepted, expired, withdrawn, or ended if no list says how. On Enterprise, a planned change with the target claude_invitations sends invitations once it is approved.',
    permission: 'people.read',
    cli: 'deployment invitations',
    mcp: true,
    guide: ['G2.2-09'],
    list: { key: 'address' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(invitationLine)),
  document: download('/clients/{client}/deployment/documents/{document}', {
    title: 'Download the charter or the journal to edit it',
    description:
      'The current journal as YAML, or the commented template if there is none yet. Import it after filling it in.',
    permission: 'imports.read',
    cli: 'deployment document',
    why: 'A file for a person to edit.',
    guide: ['G2-00'],
  }).input(z.object({ client: clientParam, document: z.enum(['charter', 'journal']) })),
  override: {
    request: post('/clients/{client}/deployment/overrides', {
      title: 'Request to start a locked task anyway',
      description:
        'It takes effect once a second person approves it, and it stays on record permanently. It covers what is open now: if something else becomes open, the task locks again.',
      permission: 'deployment.work',
      audit: 'deployment.override.request',
      cli: 'deployment override request',
      proof: 'none',
    })
      .input(z.strictObject({ client: clientParam, task: taskParam, reason: reasonParam }))
      .output(overrideSchema),
    approve: post('/clients/{client}/deployment/overrides/{override}/approve', {
      title: 'Approve starting a locked task',
      description: 'Only a second person can do this, not the person who asked.',
      permission: 'deployment.override',
      audit: 'deployment.override.approve',
      cli: 'deployment override approve',
      proof: 'none',
      noVerifiedAccount: 'asks for a proven second person itself',
    })
      .input(z.strictObject({ client: clientParam, override: overrideParam, reason: reasonParam }))
      .output(overrideSchema),
    refuse: post('/clients/{client}/deployment/overrides/{override}/refuse', {
      title: 'Refuse starting a locked task',
      permission: 'deployment.override',
      audit: 'deployment.override.refuse',
      cli: 'deployment override refuse',
      proof: 'none',
      noVerifiedAccount: 'lets nothing stand',
    })
      .input(z.strictObject({ client: clientParam, override: overrideParam, reason: reasonParam }))
      .output(overrideSchema),
  },
  assign: put('/clients/{client}/deployment/tasks/{task}/assignment', {
    title: 'Give a deployment task an owner and a due date',
    description:
      'Its owner sees it under Work and in reminders until the task is proved. Neither the owner nor the date proves anything.',
    permission: 'deployment.work',
    audit: 'deployment.assign',
    cli: 'deployment assign',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        task: taskParam,
        version: z.number().int().min(0).describe('Version that was shown; 0: nothing was set'),
        owner: ownerText,
        due: day.nullable().describe('Date in the client’s time zone; null: none'),
      }),
    )
    .output(assignmentSchema),
  handOver: post('/clients/{client}/deployment/handovers', {
    title: 'Hand over the deployment',
    description:
      'Records who continues: the MSP or the client, and which person. What was proved stays proved.',
    permission: 'deployment.work',
    audit: 'deployment.hand_over',
    cli: 'deployment hand-over',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        side: z.enum(SIDES),
        person: z.string().trim().min(1, 'Name the person who takes over.').max(200),
        note: z.string().trim().max(2000).optional().describe('Note to the person'),
      }),
    )
    .output(handoverSchema),
  check: post('/clients/{client}/deployment/check', {
    title: 'Look up the TXT records of the client’s domains',
    description:
      'Asks the name servers of each domain and the resolvers of this server. The answers are kept as evidence and the controls are re-evaluated. Servers that disagree prove nothing.',
    permission: 'deployment.work',
    audit: 'deployment.check',
    cli: 'deployment check',
    guide: ['G2.2-04'],
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam }))
    .output(checkSchema),
  expect: put('/clients/{client}/deployment/expected-records/{domain}', {
    title: 'Enter the TXT value that Claude shows for a domain',
    description:
      'From then on, only this value counts as the verification record. null removes it: then any value that looks like one counts.',
    permission: 'deployment.work',
    audit: 'deployment.expect',
    cli: 'deployment expect',
    guide: ['G2.2-04'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        domain: z.string().trim().toLowerCase().min(3).max(253),
        value: z.string().trim().max(500).nullable().describe('Value shown in Claude; null deletes it'),
      }),
    )
    .output(expectedSchema),
  record: {
    make: post('/clients/{client}/deployment/records', {
      title: 'Create the signed record of the deployment',
      description:
        'A PDF of what is proved and what is not, with the evidence and every override, signed by this server and kept as evidence.',
      permission: 'deployment.work',
      audit: 'deployment.record',
      cli: 'deployment record make',
      proof: 'none',
    })
      .input(
        z.strictObject({
          client: clientParam,
          paper: paperParam,
        }),
      )
      .output(signedFile),
    file: download('/clients/{client}/deployment/records/{sha256}', {
      title: 'Download a record of the deployment',
      permission: 'deployment.read',
      cli: 'deployment record file',
      why: 'A file for a person; deployment show gives the same.',
    }).input(z.object({ client: clientParam, sha256: sha })),
  },
};
// Guide: G0-00
