import { z } from 'zod';
import { groupOf } from '#domain/model/bounded.ts';
import { clientParam, operationsOf, reasonParam } from '../operation.ts';
import { nextCursor, pageParams } from '../paging.ts';
import { inOneLine } from '../shared/one-line.ts';
import {
  cellSchema,
  charterValue,
  choicesSchema,
  connectorSchema,
  differenceSchema,
  draftLineSchema,
  draftParam,
  draftSchema,
  effectSchema,
  oneDraft,
  openSchema,
  partsSchema,
  putSchema,
  settingSchema,
  startsSchema,
  versionSchema,
} from './schemas.ts';
import { MAX_CHARTER_TEXT } from './value.ts';

const { download, get, patch, post } = operationsOf({ feature: 'Charter', scope: 'client' });
const client = { client: clientParam };
const which = z
  .string()
  .regex(/^(current|[1-9]\d{0,8})$/, 'A version is a number, or “current” for the one in force.')
  .describe('Number of the version, or “current”');
const TEXT_TOO_LARGE =
  'The text is larger than 256 kB. A charter has a few kilobytes; check whether it is the right file.';
const side = z.string().min(1).max(80).describe('Number of a version, “current”, or the id of a draft');
const title = z
  .string()
  .trim()
  .min(3, 'Give it a title of a few words.')
  .max(200)
  .regex(...inOneLine);
const changed = z.strictObject({ ...client, ...oneDraft });
/**
 * The reason of a draft edited by several people contains the reasons of all; the limit lets an edit keep it in full.
 */
const wholeReason = z.string().trim().min(3, 'Briefly say why.').max(40_000);
const withReason = z.strictObject({ ...client, ...oneDraft, reason: reasonParam });

export const charterContract = {
  list: get('/clients/{client}/charter', {
    title: 'List the versions of the charter and its drafts',
    permission: 'charter.read',
    cli: 'charter list',
    mcp: true,
    guide: ['G2.2-17'],
    list: { in: 'versions', key: 'version' },
  })
    .input(z.object({ ...client, ...pageParams() }))
    .output(
      z.object({
        today: z.string(),
        current: z.number().int().nullable().describe('Version in force; null: there is no charter'),
        governed: z
          .boolean()
          .describe(
            'Whether a charter was approved here, so an imported charter file becomes a draft and does not take effect on its own',
          ),
        versions: z.array(versionSchema).describe('Newest first'),
        nextCursor,
        drafts: z.array(draftLineSchema).describe('Open drafts first, newest first'),
        may: z.object({ edit: z.boolean(), approve: z.boolean() }),
      }),
    ),
  show: get('/clients/{client}/charter/versions/{version}', {
    title: 'Show a version of the charter',
    description: 'Includes what it changed compared with the previous version.',
    permission: 'charter.read',
    cli: 'charter show',
    mcp: true,
    guide: ['G2.2-17'],
    boundedBy: 'one document',
  })
    .input(z.object({ ...client, version: which }))
    .output(
      versionSchema.extend({
        value: charterValue,
        settings: z.array(settingSchema).describe('All its settings, in words'),
        difference: differenceSchema,
        before: z.number().int().nullable().describe('Version it is compared with; null: this is the first'),
        lapsed: z
          .array(
            z.object({ connector: z.string(), action: z.string(), until: z.string(), words: z.string() }),
          )
          .describe('Cells whose exception has ended; they are treated as Blocked'),
      }),
    ),
  diff: get('/clients/{client}/charter/diff', {
    title: 'Compare two versions or drafts of the charter',
    permission: 'charter.read',
    cli: 'charter diff',
    mcp: true,
    noPage: 'Each version and each draft shows its difference; any other two are compared by command.',
    boundedBy: 'what two documents differ in',
  })
    .input(z.object({ ...client, from: side, to: side.default('current') }))
    .output(differenceSchema),
  yaml: download('/clients/{client}/charter/yaml', {
    title: 'Download a version or draft of the charter as YAML',
    permission: 'charter.read',
    cli: 'charter yaml',
    why: 'A file for a person; charter show gives the same.',
  }).input(z.object({ ...client, of: side.default('current') })),
  open: get('/clients/{client}/charter/open', {
    title: 'Show which draft an answer to an open question goes into',
    description: 'The newest draft that is still being edited, or otherwise the version in force.',
    permission: 'charter.edit',
    cli: 'charter open',
  })
    .input(z.object({ ...client }))
    .output(openSchema),
  answer: post('/clients/{client}/charter/answers', {
    title: 'Answer an open question of the charter',
    description:
      'Goes into the open draft, or starts one. Nothing takes effect before someone else has approved it.',
    permission: 'charter.edit',
    audit: 'charter.draft.edit',
    cli: 'charter answer',
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...client,
        draft: draftParam.nullable().default(null).describe('The open draft that was shown; null: none'),
        version: z
          .number()
          .int()
          .min(1)
          .nullable()
          .default(null)
          .describe('Version of that draft; null: start a new one'),
        parts: partsSchema,
      }),
    )
    .output(putSchema),
  choices: get('/clients/{client}/charter/choices', {
    title: 'List the choices for the fields of a charter',
    permission: 'charter.edit',
    cli: 'charter choices',
    boundedBy: 'what the fields of one charter offer',
  })
    .input(z.object({ ...client }))
    .output(choicesSchema),
  starts: get('/clients/{client}/charter/starts', {
    title: 'List the baselines that a first charter can start from',
    permission: 'charter.edit',
    cli: 'charter starts',
    boundedBy: 'the baselines of the catalogue',
  })
    .input(z.object({ ...client }))
    .output(startsSchema),
  start: post('/clients/{client}/charter/starts', {
    title: 'Start the first charter from a baseline',
    description:
      'Creates a draft of what the baseline says for this client. The notes name what only the client can say.',
    permission: 'charter.edit',
    audit: 'charter.draft.make',
    cli: 'charter start',
    guide: ['G2.2-24'],
    proof: 'none',
  })
    .input(z.strictObject({ ...client, baseline: z.string().min(1).max(80).describe('Id of the baseline') }))
    .output(putSchema),
  draft: {
    show: get('/clients/{client}/charter/drafts/{draft}', {
      title: 'Show a draft of the charter, what it changes and who can approve it',
      permission: 'charter.read',
      cli: 'charter draft show',
      mcp: true,
      boundedBy: 'one document',
    })
      .input(z.object({ ...client, draft: draftParam }))
      .output(draftSchema),
    effect: get('/clients/{client}/charter/drafts/{draft}/effect', {
      title: 'Show which verdicts would change if a draft were in force',
      description: 'Nothing is stored. The controls are decided as if the draft had been approved today.',
      permission: 'charter.read',
      cli: 'charter draft effect',
      mcp: true,
      boundedBy: 'the controls that one document changes',
    })
      .input(z.object({ ...client, draft: draftParam }))
      .output(effectSchema),
    make: post('/clients/{client}/charter/drafts', {
      title: 'Start a draft of the charter',
      description: 'It starts as a copy of the version in force. Nothing takes effect before it is approved.',
      permission: 'charter.edit',
      audit: 'charter.draft.make',
      cli: 'charter draft make',
      proof: 'none',
    })
      .input(z.strictObject({ ...client, title, reason: reasonParam }))
      .output(putSchema),
    edit: patch('/clients/{client}/charter/drafts/{draft}', {
      title: 'Change parts of a draft',
      description:
        'Each part that is given replaces the whole part; null removes it. Anything approved so far has to be approved again.',
      permission: 'charter.edit',
      audit: 'charter.draft.edit',
      cli: 'charter draft edit',
      proof: 'none',
    })
      .input(
        z.strictObject({
          ...client,
          ...oneDraft,
          title: title.optional(),
          reason: wholeReason.optional(),
          parts: partsSchema.default({}),
        }),
      )
      .output(putSchema),
    setCells: post('/clients/{client}/charter/cells', {
      title: 'Set permissions of the connector matrix in a draft',
      description:
        'If there is no draft, one is started from the version in force. If one is already open, name it.',
      permission: 'charter.edit',
      audit: 'charter.draft.edit',
      cli: 'charter draft set-cells',
      proof: 'none',
    })
      .input(
        z.strictObject({
          ...client,
          draft: draftParam.nullable().default(null).describe('null: start a new draft'),
          version: z
            .number()
            .int()
            .min(1)
            .nullable()
            .default(null)
            .describe('Version of the draft that was shown; null: start a new one'),
          title: title.optional().describe('Used for a new draft only'),
          reason: reasonParam.optional().describe('Used for a new draft only'),
          cells: z.array(cellSchema).max(5000).default([]),
          connectors: z.array(connectorSchema).max(500).default([]),
        }),
      )
      .output(putSchema),
    read: post('/clients/{client}/charter/yaml', {
      title: 'Make a draft from YAML',
      description:
        'The text has to contain the whole charter. The version, first day and approval in it are ignored: Bylaw sets them.',
      permission: 'charter.edit',
      audit: 'charter.draft.make',
      cli: 'charter draft read',
      proof: 'none',
    })
      .input(
        z.strictObject({
          ...client,
          text: z
            .string()
            .min(1, 'There is no text.')
            .max(MAX_CHARTER_TEXT, TEXT_TOO_LARGE)
            .describe('The YAML, at most 256 kB'),
          title: title.default('Charter from YAML'),
          reason: wholeReason,
          draft: draftParam.optional().describe('Draft whose content is replaced'),
          version: z.number().int().min(1).optional().describe('Version of that draft that was shown'),
        }),
      )
      .output(putSchema),
    propose: post('/clients/{client}/charter/drafts/{draft}/propose', {
      title: 'Send a draft for approval',
      permission: 'charter.edit',
      audit: 'charter.draft.propose',
      cli: 'charter draft propose',
      proof: 'none',
    })
      .input(changed)
      .output(draftSchema),
    rebase: post('/clients/{client}/charter/drafts/{draft}/rebase', {
      title: 'Carry a draft over to the version now in force',
      description:
        'The draft’s changes are applied to the version in force. If both changed the same setting, the decision for it says which applies.',
      permission: 'charter.edit',
      audit: 'charter.draft.rebase',
      cli: 'charter draft rebase',
      proof: 'none',
    })
      .input(
        z.strictObject({
          ...client,
          ...oneDraft,
          decisions: groupOf(z.string().max(2000), z.enum(['draft', 'current']), 10_000)
            .default({})
            .describe('By the key of each overlap'),
        }),
      )
      .output(draftSchema),
    withdraw: post('/clients/{client}/charter/drafts/{draft}/withdraw', {
      title: 'Withdraw a draft',
      permission: 'charter.edit',
      audit: 'charter.draft.withdraw',
      cli: 'charter draft withdraw',
      proof: 'none',
    })
      .input(withReason)
      .output(draftSchema),
    approve: post('/clients/{client}/charter/drafts/{draft}/approve', {
      title: 'Approve a draft and put it in force',
      description:
        'Only someone who neither proposed nor edited it can do this. A draft that breaks an invariant needs two approvers and comes into force with the second.',
      permission: 'charter.approve',
      audit: 'charter.draft.approve',
      cli: 'charter draft approve',
      guide: ['G2.2-17', 'G2.2-23', 'G2.2-28'],
      proof: 'none',
      noVerifiedAccount: 'asks for a proven second person itself',
    })
      .input(z.strictObject({ ...client, ...oneDraft, note: z.string().trim().max(2000).optional() }))
      .output(draftSchema),
    askForChanges: post('/clients/{client}/charter/drafts/{draft}/return', {
      title: 'Ask for changes to a draft',
      description: 'It becomes a draft again, which can be edited and proposed again.',
      permission: 'charter.approve',
      audit: 'charter.draft.return',
      cli: 'charter draft ask-for-changes',
      proof: 'none',
      noVerifiedAccount: 'lets nothing stand',
    })
      .input(withReason)
      .output(draftSchema),
    refuse: post('/clients/{client}/charter/drafts/{draft}/refuse', {
      title: 'Refuse a draft',
      permission: 'charter.approve',
      audit: 'charter.draft.refuse',
      cli: 'charter draft refuse',
      proof: 'none',
      noVerifiedAccount: 'lets nothing stand',
    })
      .input(withReason)
      .output(draftSchema),
  },
};
