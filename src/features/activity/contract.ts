import { z } from 'zod';
import { clientParam, listOf, operationsOf, reasonParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { tableFormat } from '../shared/table-format.ts';
import { contentContract } from './content/contract.ts';
import { activityChoices, activityFilters, activityPage, activityWhole } from './schemas.ts';
import { OPENING_STATES, openedText, textOpening } from './text/schemas.ts';

const { download, get, post } = operationsOf({
  feature: 'Activity',
  scope: 'client',
  permission: 'activity.read',
  guide: ['G5.2-02', 'G5.2-03', 'G5.2-06'],
});

export const activityContract = {
  content: contentContract,
  list: get('/clients/{client}/activity', {
    title: 'List what happened in Claude',
    description:
      'Newest first, without what people wrote. A search covers at most 20,000 events; `lookedTo` says where it stopped if it found fewer than requested.',
    cli: 'activity list',
    mcp: true,
    list: { key: 'seq', paged: 'by handler', endless: true },
  })
    .input(
      z.object({
        ...activityFilters,
        ...pageParams({ byDefault: 50, max: 500 }),
      }),
    )
    .output(activityPage),
  choices: get('/clients/{client}/activity/choices', {
    title: 'List the people and things that the activity log reports',
    cli: 'activity choices',
    mcp: true,
    boundedBy: 'the values of filters',
  }).output(activityChoices),
  table: download('/clients/{client}/activity/table', {
    title: 'Export what happened in Claude',
    description: 'The newest matching events, at most 50,000.',
    cli: 'activity table',
  }).input(z.object({ ...activityFilters, format: tableFormat })),
  get: get('/clients/{client}/activity/events/{seq}', {
    title: 'Show all of one event',
    description: 'Includes whether its text is kept and until when, but never the text itself.',
    cli: 'activity show',
    mcp: true,
    boundedBy: 'one event, with what else reported it',
  })
    .input(z.object({ client: clientParam, seq: z.coerce.number().int().min(1) }))
    .output(activityWhole),
  openText: post('/clients/{client}/activity/events/{seq}/text', {
    title: 'Open the text of one event',
    description:
      'If the charter lets it be kept: possible once two people named in the charter have each agreed, and recorded every time. No token can open it, and no list, file, sink or tool ever contains it.',
    permission: 'content.open',
    audit: 'activity.open_text',
    replyNotKept: 'Text is read from where it is locked, on record each time, and kept nowhere else.',
    proof: 'in_person',
    cli: null,
    why: 'A person opens text in the browser; no token ever does.',
    guide: ['G5.2-04', 'G8-14', 'GB-09'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        seq: z.coerce.number().int().min(1),
        opening: z.string().min(1).max(100).describe('Id of the request that was approved'),
      }),
    )
    .output(openedText),
  askText: post('/clients/{client}/activity/events/{seq}/text/ask', {
    title: 'Ask two people to agree to open the text of one event',
    description: 'For an open incident, whose timeline shows it. A drill does not count.',
    permission: 'content.open',
    audit: 'activity.ask_text',
    cli: null,
    why: 'A person asks in the browser; no token opens text.',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        seq: z.coerce.number().int().min(1),
        incident: z.string().min(1).max(80).describe('Id of the open incident it is needed for'),
        reason: reasonParam,
      }),
    )
    .output(z.object({ opening: z.string() })),
  textOpenings: get('/clients/{client}/activity/text-openings', {
    title: 'List who asked to open text, and what was answered',
    description:
      'Never the text itself. People see their own requests; the people named in the charter see all of them.',
    permission: 'client.read',
    cli: 'activity text-openings',
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(textOpening)),
  answerText: post('/clients/{client}/activity/text-openings/{opening}/answer', {
    title: 'Agree to open text, or refuse',
    description: 'For the people named under contentAccess in the charter. Each answers only for themselves.',
    permission: 'client.read',
    audit: 'activity.answer_text',
    cli: null,
    why: 'A person answers in the browser, for themselves.',
    proof: 'none',
    auditorMay: 'refused to whoever the charter does not name as the one who answers',
  })
    .input(z.strictObject({ client: clientParam, opening: z.string().min(1).max(100), agree: z.boolean() }))
    .output(z.object({ state: z.enum(OPENING_STATES) })),
};
// Guide: G0-00 G1.1-08 G1.1-11 G5.2-00 G5.5-02 G7.2-03
