import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { DIFFERENCES } from '#domain/personal-accounts/difference.ts';
import { ENTRY_STATES } from '#domain/personal-accounts/register.ts';
import { ANSWERS, MESSAGE_KINDS } from '#domain/personal-accounts/steps.ts';
import { clientParam, listOf, operationsOf, versionParam } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { citedClause } from '../policy/schemas.ts';
import { dayText } from '../shared/control-parts.ts';
import { paperParam, sha256Param, signedFile } from '../shared/file-parts.ts';
import { SAYABLE } from './sayable.ts';
import {
  acted,
  CLOSED_AFTER,
  captureSchema,
  entrySchema,
  historyLine,
  messageLine,
  recordLine,
  reportLine,
  sentSchema,
  settingsSchema,
  statisticsSchema,
  wordingSchema,
} from './schemas.ts';

const filters = {
  client: clientParam,
  state: z
    .enum([...ENTRY_STATES, 'open'])
    .optional()
    .describe('open: neither closed nor exempt'),
  difference: z.enum(DIFFERENCES).optional().describe('What changed in the newest report'),
  closedAfter: z.enum(CLOSED_AFTER).optional().describe('Number of messages before it was closed'),
  owner: z.string().trim().max(200).optional(),
  marked: z
    .enum(['overdue', 'work', 'doubt'])
    .optional()
    .describe('Only accounts that are overdue, used for work, or in doubt'),
  search: z.string().trim().max(200).optional().describe('Part of a name or email address'),
};

const account = z.string().trim().min(3).max(320).describe('Email address of the account');
const accounts = z.array(account).min(1).max(200);
const note = z.string().trim().min(1).max(2000).optional();
const seen = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe('Version that was shown, if it is about one account');
const person = z.string().trim().min(1).max(200);
const kind = z.enum(MESSAGE_KINDS);

const common = {
  feature: 'Personal accounts',
  scope: 'client',
  guide: ['G2.2-07', 'G4.2-02', 'G4.2-03', 'G4.2-05', 'GA-04'],
} as const;
const { download, get, listed } = operationsOf({ ...common, permission: 'people.read' });
const { post, put } = operationsOf({ ...common, permission: 'people.decide' });

export const personalAccountsContract = {
  ...listed('/clients/{client}/personal-accounts', {
    title: 'List the personal accounts and their status',
    exportTitle: 'Export the personal accounts',
    description:
      'Every account outside the workspace that any Domain memberships report has listed. Only a report can show that one is closed; what someone says is kept separately.',
    cli: 'personal-accounts list',
    mcp: true,
    list: { key: 'account', paged: 'by handler' },
    filters,
    output: listOf(entrySchema).extend({
      today: dayText,
      counts: z.record(z.enum(ENTRY_STATES), z.number().int()),
      statistics: statisticsSchema,
      reports: z.array(reportLine).describe('Newest first'),
      gap: z
        .object({ why: z.string(), howToGet: z.string() })
        .nullable()
        .describe('Why the newest report is not used today, or may not cover every domain; null: neither'),
      settings: settingsSchema,
      mail: z.object({
        ok: z.boolean(),
        why: z.string().nullable().describe('Why no mail can be sent; null: it can'),
      }),
      owners: z.array(z.string()),
      records: z.array(recordLine),
    }),
  }),
  get: get('/clients/{client}/personal-accounts/account/{account}', {
    title: 'Show one personal account with everything that was done',
    cli: 'personal-accounts show',
    mcp: true,
    boundedBy: 'one account',
  })
    .input(z.object({ client: clientParam, account }))
    .output(
      z.object({
        entry: entrySchema,
        history: z.array(historyLine).describe('Newest first'),
        messages: z.array(messageLine).describe('Newest first'),
        clause: citedClause
          .nullable()
          .describe('The clause of the policy on personal accounts; null: none is in force'),
      }),
    ),
  capture: get('/clients/{client}/personal-accounts/capture', {
    title: 'Show what claiming the accounts on the domains requires, and whom it would reach',
    description:
      'Domain capture of Claude Enterprise, which cannot be undone. It is planned as a change with the target domain_capture and a domain as its subject, and a second person approves exactly that preview.',
    cli: 'personal-accounts capture',
    mcp: true,
    guide: ['G1.1-07', 'G4.1-02'],
    boundedBy: 'the domains of one client, with what a claim needs',
  })
    .input(z.object({ client: clientParam }))
    .output(captureSchema),
  difference: get('/clients/{client}/personal-accounts/difference', {
    title: 'Show what a Domain memberships report changed',
    cli: 'personal-accounts difference',
    mcp: true,
    guide: ['G2.2-07', 'G7.1-03'],
    list: { key: 'account' },
  })
    .input(
      z.object({
        client: clientParam,
        day: day.optional().describe('Date of the report; left out: the newest'),
        ...pageParams(),
      }),
    )
    .output(
      z.object({
        report: reportLine.nullable().describe('null: none imported'),
        before: dayText.nullable().describe('Date of the previous report; null: there is none'),
        nextCursor,
        items: z.array(
          z.object({
            account: z.string(),
            name: z.string().nullable().describe('null: no file states it'),
            difference: z.enum(DIFFERENCES),
            words: z.string(),
          }),
        ),
      }),
    ),
  assign: post('/clients/{client}/personal-accounts/assign', {
    title: 'Set who looks after personal accounts, and by when',
    description: 'What is left out stays as it is; null removes it.',
    audit: 'personal_accounts.assign',
    cli: 'personal-accounts assign',
    proof: 'none',
    noVerifiedAccount: 'only a report closes an account',
  })
    .input(
      z.strictObject({
        client: clientParam,
        accounts,
        owner: person.nullable().optional(),
        due: day.nullable().optional(),
        note,
        version: seen,
      }),
    )
    .output(acted),
  say: post('/clients/{client}/personal-accounts/say', {
    title: 'Record the outcome of personal accounts',
    description:
      'migrating, said_closed, or open to withdraw that. None of these closes an account; only a later report does.',
    audit: 'personal_accounts.say',
    cli: 'personal-accounts say',
    proof: 'none',
    noVerifiedAccount: 'only a report closes an account',
  })
    .input(z.strictObject({ client: clientParam, accounts, state: z.enum(SAYABLE), note, version: seen }))
    .output(acted),
  answer: post('/clients/{client}/personal-accounts/answer', {
    title: 'Record what a holder answered',
    description: 'An answer ends the reminders. Say whether the account is used for work, if that is known.',
    audit: 'personal_accounts.answer',
    cli: 'personal-accounts answer',
    proof: 'none',
    noVerifiedAccount: 'only a report closes an account',
  })
    .input(
      z.strictObject({
        client: clientParam,
        accounts,
        answer: z.enum(ANSWERS),
        usedForWork: z.boolean().nullable().default(null),
        note,
        version: seen,
      }),
    )
    .output(acted),
  exempt: post('/clients/{client}/personal-accounts/exempt', {
    title: 'Exempt personal accounts until a date',
    description:
      'An exception to the control on open accounts, with a reason, an owner and an end date, after which the account counts as open again.',
    permission: 'exceptions.approve',
    audit: 'personal_accounts.exempt',
    verifiedAccount: true,
    cli: 'personal-accounts exempt',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        accounts,
        reason: z.string().trim().min(3, 'Briefly say why.').max(1000),
        owner: person,
        until: day,
        version: seen,
      }),
    )
    .output(acted),
  settings: put('/clients/{client}/personal-accounts/settings', {
    title: 'Set who holders can ask, and whether Bylaw reminds them',
    audit: 'personal_accounts.settings',
    cli: 'personal-accounts settings',
    proof: 'none',
    noVerifiedAccount: 'only a report closes an account',
  })
    .input(
      z.strictObject({
        client: clientParam,
        version: versionParam,
        contactName: person.nullable(),
        contactAddress: z.email('Enter the contact’s email address.').max(320).nullable(),
        policyUrl: z
          .url({
            protocol: /^https$/,
            error: 'Give the whole address of the policy, beginning with https://.',
          })
          .max(1000)
          .nullable(),
        reminders: z.boolean(),
        remindAfter: z.number().int().min(1).max(90).describe('Days without a reply before a reminder'),
        maxReminders: z.number().int().min(1).max(6),
      }),
    )
    .output(settingsSchema),
  messages: {
    texts: get('/clients/{client}/personal-accounts/messages/texts', {
      title: 'List the messages to holders as they are worded for the client',
      cli: 'personal-accounts texts',
      mcp: true,
      boundedBy: 'one for each kind of message that exists',
    }).output(z.object({ items: z.array(wordingSchema), placeholders: z.record(z.string(), z.string()) })),
    edit: put('/clients/{client}/personal-accounts/messages/texts/{kind}', {
      title: 'Edit a message template of the client',
      description: 'An unknown placeholder is refused by name. Earlier versions stay on record.',
      audit: 'personal_accounts.word',
      cli: 'personal-accounts word',
      proof: 'none',
      noVerifiedAccount: 'a mail, no word on a control',
    })
      .input(
        z.strictObject({
          client: clientParam,
          kind,
          version: z.number().int().min(0).describe('Version that was shown; 0: the catalogue’s text'),
          subject: z.string().trim().min(1, 'Enter a subject.').max(200),
          text: z.string().trim().min(1, 'Enter the text of the message.').max(8000),
        }),
      )
      .output(z.object({ kind, version: z.number().int(), subject: z.string(), text: z.string() })),
    preview: get('/clients/{client}/personal-accounts/messages/preview', {
      title: 'Show a message as a holder would receive it',
      cli: 'personal-accounts preview',
      mcp: true,
    })
      .input(
        z.object({
          client: clientParam,
          kind,
          account: account
            .optional()
            .describe('Account to preview it for; left out: the first one it could be sent to'),
        }),
      )
      .output(
        z.object({
          account: z.string().nullable().describe('null: there is none, or it is sent to managers'),
          subject: z.string(),
          text: z.string(),
          problem: z.string().nullable().describe('Why it cannot be sent; null: it can'),
          values: z
            .record(
              z.string(),
              z.string().nullable().describe('What each placeholder stands for; null: it has no value'),
            )
            .describe('What each placeholder stands for'),
        }),
      ),
    send: post('/clients/{client}/personal-accounts/messages', {
      title: 'Write to holders of personal accounts',
      description:
        'Sends one email per account in the client’s name or, with how=hand, records that someone sent it. Failures are listed with the reason and leave the account as it was.',
      audit: 'personal_accounts.send',
      cli: 'personal-accounts send',
      proof: 'none',
      noVerifiedAccount: 'a mail, no word on a control',
    })
      .input(
        z
          .strictObject({
            client: clientParam,
            kind,
            how: z.enum(['mail', 'hand']),
            accounts: z.array(account).max(100).default([]),
            to: z
              .array(z.email().max(320))
              .max(50)
              .default([])
              .describe('Managers to send it to; only for kind managers'),
          })
          .refine(
            ({ kind: which, accounts: some, to }) =>
              which === 'managers' ? some.length === 0 && to.length > 0 : some.length > 0 && to.length === 0,
            {
              error: 'Name accounts, or with the message to managers the addresses of managers.',
            },
          ),
      )
      .output(sentSchema),
  },
  record: {
    make: post('/clients/{client}/personal-accounts/records', {
      title: 'Create the signed record of the personal accounts',
      description:
        'A PDF of what was found, who was contacted when, what is closed by which report, what is exempt and why, and what is open; signed by this server and kept as evidence.',
      audit: 'personal_accounts.record',
      cli: 'personal-accounts record make',
      proof: 'none',
      noVerifiedAccount: 'signed by the server, of what is stored',
    })
      .input(
        z.strictObject({
          client: clientParam,
          paper: paperParam,
        }),
      )
      .output(signedFile),
    file: download('/clients/{client}/personal-accounts/records/{sha256}', {
      title: 'Download a record of the personal accounts',
      cli: 'personal-accounts record file',
      why: 'A file for a person; personal-accounts list gives the same.',
    }).input(
      z.object({
        client: clientParam,
        sha256: sha256Param.describe('SHA-256 of the record, from personal-accounts list'),
      }),
    ),
  },
};
