import { z } from 'zod';
import { RHYTHMS } from '#domain/reminders/schedule.ts';
import { REMINDER_MAILS } from '#store/reminders/work-reminders.ts';
import { clientParam, instant, operationsOf } from '../operation.ts';
import { REFUSALS } from './work/messages.ts';

const feature = 'Reminders';
const own = operationsOf({ feature, scope: 'self', permission: 'signed_in' });
const ofWorkspace = operationsOf({ feature, scope: 'workspace', permission: 'workspace.settings' });
const ofClient = operationsOf({ feature, scope: 'client', guide: ['G2.2-34'] });

const rhythm = z
  .enum(RHYTHMS)
  .describe('never; daily: on working days; weekly: on the chosen day, or the next working day');
const weekday = z.number().int().min(1).max(5).describe('1 Monday to 5 Friday; used for weekly only');

const last = {
  last: z
    .object({
      at: instant,
      state: z.enum(['sending', 'sent', 'failed', 'unknown', 'throttled', 'nothing']),
      on: z.string().describe('Day of the reminder'),
      cutOff: z.boolean().describe('Whether sending was started and its outcome is not known'),
      says: z.string().describe('Outcome, in one sentence'),
    })
    .nullable()
    .describe('Newest reminder; null: none yet'),
  lastSent: z
    .object({ at: instant, count: z.number().int() })
    .nullable()
    .describe('Newest one that was sent; null: none yet'),
  lastFailure: z
    .object({ at: instant, why: z.string() })
    .nullable()
    .describe('Newest one that failed; null: none did'),
  next: z.string().nullable().describe('Date of the next one; null: none'),
};

const mine = z.object({
  rhythm,
  weekday,
  ownOnly: z
    .boolean()
    .describe('Whether to include only what is assigned to me; otherwise everything I may see'),
  zone: z.string().describe('Time zone of the days and hours'),
  to: z.string().describe('Email address it is sent to'),
  mail: z.boolean().describe('Whether mail is set up; without it nothing is sent'),
  due: z.number().int().describe('What the next reminder would contain as of now'),
  ...last,
  feed: z
    .object({
      madeAt: instant,
      lastReadAt: instant.nullable().describe('When a calendar last read it; null: never'),
    })
    .nullable()
    .describe('Calendar address; null: none. The address itself is shown only once'),
});

const channel = z.object({
  host: z.string().describe('Host of the address; the address itself is never shown again'),
  hasAddress: z.boolean().describe('false: it was lost with its key; enter it again'),
  rhythm,
  weekday,
  ...last,
  retryAt: instant
    .nullable()
    .describe('When a card that Teams did not accept in time is sent again; null: none waits'),
});

const channelOf = {
  teams: channel.nullable().describe('null: no channel is set up'),
  version: z.number().int().describe('Version of the channel; 0: none'),
  zone: z.string(),
  steps: z.array(z.string()).describe('How to get an address in Teams'),
  limits: z.array(z.string()),
};
const workspace = z.object(channelOf);

const client = z.object({
  names: z.object({
    allowed: z.boolean().describe('Whether messages may state what is due, not only how much'),
    reason: z.string().nullable().describe('null: never decided, or none was given'),
    by: z.string().nullable().describe('Name; null: never decided'),
    at: instant.nullable().describe('null: never decided'),
  }),
  ...channelOf,
  sandbox: z.boolean(),
  can: z.object({ edit: z.boolean() }),
});

const lastNotice = z
  .object({
    at: instant,
    state: z.enum(['sending', 'sent', 'failed']),
    why: z.string().nullable().describe('Why it failed; null: it did not'),
  })
  .nullable()
  .describe('Outcome of the newest message; null: none yet');
const notices = z.object({
  mine: z.object({ on: z.boolean(), to: z.string(), last: lastNotice }),
  mail: z.boolean().describe('Whether mail is set up; without it nothing is sent'),
  teams: z
    .object({ on: z.boolean(), host: z.string(), last: lastNotice })
    .nullable()
    .describe('null: no channel is set up'),
  sandbox: z.boolean(),
  can: z.object({ teams: z.boolean() }),
});

const workParam = z
  .string()
  .trim()
  .min(1)
  .max(600)
  .describe(
    'Key of a piece of work, from work show; or control: and the ID of a control, for example control:ACC-07',
  );
const remindedMail = z
  .enum(REMINDER_MAILS)
  .describe(
    'sending: an email goes out; sent, failed; not_set_up, declined, sandbox: why there is none. The reminder is in the console either way',
  );
const reminded = z.object({ user: z.string(), name: z.string(), mail: z.string() });

const teamsVersion = z.coerce
  .number()
  .int()
  .min(0)
  .describe('Version of the channel that was shown; 0: none');

const wanted = {
  version: teamsVersion,
  address: z.string().trim().max(2000).optional(),
  rhythm,
  weekday: weekday.default(1),
};
const ABOUT_ADDRESS =
  'The address of a workflow with the trigger “When a Teams webhook request is received”. It is sealed with a key outside the database and never shown again; left out, the stored one stays.';
const tried = z.object({
  accepted: z.boolean(),
  status: z.number().int().nullable().describe('HTTP status; null: there was no answer'),
  says: z.string().describe('Outcome, in one or two sentences'),
  answer: z.string().nullable().describe('The other side’s answer, verbatim; null: there was none'),
});

export const remindersContract = {
  mine: own
    .get('/me/reminders', {
      title: 'Show how I am reminded of due work',
      cli: 'reminders show',
    })
    .input(z.object({}))
    .output(mine),
  setMine: own
    .put('/me/reminders', {
      title: 'Set how I am reminded of due work',
      description:
        'An email with counts and links, at most once a day or week. What is due is named only for clients that allow it.',
      audit: 'reminders.set_mine',
      cli: 'reminders set',
      guide: ['G2.2-34'],
      proof: 'none',
    })
    .input(z.strictObject({ rhythm, weekday: weekday.default(1), ownOnly: z.boolean().default(true) }))
    .output(mine),
  makeFeed: own
    .post('/me/calendar-feed', {
      title: 'Create the address of my calendar, or a new one',
      description:
        'Anyone who has the address can read the counts of due work without signing in. Any earlier address stops working.',
      audit: 'reminders.make_feed',
      proof: 'in_person',
      cli: null,
      why: 'An address that needs no sign-in is made by a signed-in person in the browser.',
      guide: ['G2.2-34'],
    })
    .errors({ PROOF_REQUIRED: { status: 403 } })
    .input(z.strictObject({}))
    .output(mine.extend({ address: z.string().describe('Shown only once') })),
  endFeed: own
    .del('/me/calendar-feed', {
      title: 'Revoke the address of my calendar',
      audit: 'reminders.end_feed',
      cli: 'reminders end-feed',
      proof: 'none',
    })
    .input(z.object({}))
    .output(mine),
  ofClient: ofClient
    .get('/clients/{client}/reminders', {
      title: 'Show what messages about a client say, and its channel in Teams',
      permission: 'client.read',
      cli: 'clients reminders',
    })
    .output(client),
  setNames: ofClient
    .put('/clients/{client}/reminders/names', {
      title: 'Set whether messages about a client may name what is due',
      description:
        'If this is off, every message has only counts and links. This applies to emails, cards and calendars.',
      permission: 'client.edit',
      audit: 'reminders.set_names',
      cli: 'clients name-due',
      proof: 'none',
    })
    .input(
      z.strictObject({
        client: clientParam,
        allowed: z.boolean(),
        reason: z.string().trim().min(1, 'Say who at the client decided so, and why.').max(2000),
      }),
    )
    .output(client),
  alerts: ofClient
    .get('/clients/{client}/alert-notices', {
      title: 'Show who gets critical alerts of a client at once',
      permission: 'alerts.read',
      cli: 'alerts notices',
    })
    .output(notices),
  setMyAlerts: ofClient
    .put('/clients/{client}/alert-notices/mine', {
      title: 'Get critical alerts of a client by email at once, or stop',
      description:
        'An email within a minute with the number of alerts and a link. Each group of alerts is announced at most once a day.',
      permission: 'alerts.read',
      audit: 'reminders.set_my_alerts',
      cli: 'alerts notify-me',
      proof: 'none',
      auditorMay: 'of which alerts they themselves are mailed',
    })
    .input(z.strictObject({ client: clientParam, on: z.boolean() }))
    .output(notices),
  setTeamsAlerts: ofClient
    .put('/clients/{client}/alert-notices/teams', {
      title: 'Post critical alerts of a client to its channel in Teams, or stop',
      permission: 'client.edit',
      audit: 'reminders.set_teams_alerts',
      cli: 'alerts notify-teams',
      proof: 'none',
    })
    .input(z.strictObject({ client: clientParam, on: z.boolean() }))
    .output(notices),
  ofWork: ofClient
    .get('/clients/{client}/work/reminder', {
      title: 'Show whom a reminder of a piece of work would reach',
      permission: 'work.edit',
      cli: 'work reminder',
    })
    .input(z.object({ client: clientParam, item: workParam }))
    .output(
      z.object({
        title: z.string().nullable().describe('The piece of work; null: nothing is left to do'),
        to: reminded.nullable().describe('Whom it is assigned to; null: no one who can be reminded'),
        mail: remindedMail.nullable().describe('How the mail would reach them; null: no one can be reminded'),
        refused: z
          .enum(REFUSALS)
          .nullable()
          .describe('Why no reminder can be sent now; null: one can be sent'),
        says: z.string().describe('How it arrives, or why it cannot be sent, in a sentence or two'),
        last: z
          .object({ at: instant, by: z.string() })
          .nullable()
          .describe('Last reminder within a day; null: none'),
      }),
    ),
  remind: ofClient
    .post('/clients/{client}/work/reminder', {
      title: 'Remind someone of work that is assigned to them',
      description:
        'They see it under Notifications in the console, and get an email if mail is set up and they have not turned such emails off. Once a day for each piece of work.',
      permission: 'work.edit',
      audit: 'work.remind',
      cli: 'work remind',
      proof: 'none',
      noVerifiedAccount: 'asks whoever it is assigned to; decides nothing',
    })
    .input(
      z.strictObject({
        client: clientParam,
        item: workParam,
        to: z
          .string()
          .trim()
          .min(1)
          .max(320)
          .optional()
          .describe(
            'ID or address of the person it is meant for; if it is assigned to someone else, it is not sent',
          ),
      }),
    )
    .output(
      z.object({
        to: reminded,
        mail: remindedMail,
        at: instant,
        says: z.string().describe('What was done, in a sentence'),
      }),
    ),
  setTeams: ofClient
    .put('/clients/{client}/reminders/teams', {
      title: 'Set up the channel of a client in Teams',
      description: ABOUT_ADDRESS,
      permission: 'client.edit',
      audit: 'reminders.set_teams',
      proof: 'fresh',
      cli: 'clients set-teams',
    })
    .input(z.strictObject({ client: clientParam, ...wanted }))
    .output(client),
  removeTeams: ofClient
    .del('/clients/{client}/reminders/teams', {
      title: 'Remove the channel of a client in Teams',
      permission: 'client.edit',
      audit: 'reminders.remove_teams',
      cli: 'clients remove-teams',
      proof: 'none',
    })
    .input(z.object({ client: clientParam, version: teamsVersion }))
    .output(client),
  testTeams: ofClient
    .post('/clients/{client}/reminders/teams/test', {
      title: 'Send a test card to the channel of a client',
      permission: 'client.edit',
      audit: 'reminders.test_teams',
      cli: 'clients test-teams',
      proof: 'none',
    })
    .input(z.strictObject({ client: clientParam }))
    .output(tried),
  ofWorkspace: ofWorkspace
    .get('/settings/teams', {
      title: 'Show the channel of the workspace in Teams',
      cli: 'settings teams',
    })
    .input(z.object({}))
    .output(workspace),
  setWorkspaceTeams: ofWorkspace
    .put('/settings/teams', {
      title: 'Set up the channel of the workspace in Teams',
      description: `A card there says how much is due at each client. ${ABOUT_ADDRESS}`,
      audit: 'reminders.set_workspace_teams',
      proof: 'fresh',
      cli: 'settings set-teams',
    })
    .input(z.strictObject(wanted))
    .output(workspace),
  removeWorkspaceTeams: ofWorkspace
    .del('/settings/teams', {
      title: 'Remove the channel of the workspace in Teams',
      audit: 'reminders.remove_workspace_teams',
      cli: 'settings remove-teams',
      proof: 'none',
    })
    .input(z.object({ version: teamsVersion }))
    .output(workspace),
  testWorkspaceTeams: ofWorkspace
    .post('/settings/teams/test', {
      title: 'Send a test card to the channel of the workspace',
      audit: 'reminders.test_workspace_teams',
      cli: 'settings test-teams',
      proof: 'none',
    })
    .input(z.strictObject({}))
    .output(tried),
};
