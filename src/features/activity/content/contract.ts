import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { clientParam, listOf, operationsOf, reasonParam } from '../../operation.ts';
import { pageParams } from '../../paging.ts';
import { textCase } from '../text/schemas.ts';
import { contentFile } from './schemas.ts';

const { del, download, get, post, put } = operationsOf({
  feature: 'Activity',
  scope: 'client',
  permission: 'content.open',
  guide: ['G5.2-04', 'G8-14', 'GB-09'],
});

const file = z.string().min(1).max(100).describe('Id of the attached file');

export const contentContract = {
  list: get('/clients/{client}/content-files', {
    title: 'List files with content of conversations that are attached to incidents',
    description: 'Their names, fingerprints and last days, but never what is in them.',
    permission: 'activity.read',
    cli: 'activity content-files',
    list: { key: 'id' },
  })
    .input(
      z.object({
        client: clientParam,
        incident: z.string().min(1).max(80).optional().describe('Id of an incident; left out: all incidents'),
        ...pageParams(),
      }),
    )
    .output(
      listOf(contentFile).extend({
        cases: z
          .array(textCase)
          .describe('Open incidents that a file can be attached to; only for people who may open content'),
      }),
    ),
  attach: put('/clients/{client}/content-files', {
    title: 'Attach a file with content of conversations to an incident',
    description:
      'A Primary Owner’s export of up to 8 GB, for an open incident. It is encrypted with its own key as it arrives. Nothing is read from it, and it is destroyed after its last day. Two people named in the charter have to agree before it is opened.',
    audit: 'activity.attach_content',
    proof: 'in_person',
    transport: 'upload',
    cli: null,
    why: 'A person attaches it in the browser; no token ever does.',
  })
    .input(
      z.object({
        client: clientParam,
        incident: z.string().min(1).max(80).describe('Id of the open incident'),
        name: z.string().min(1).max(4000),
        until: day.describe('Last day, in the client’s time zone; no more than 90 days from today'),
      }),
    )
    .output(contentFile),
  ask: post('/clients/{client}/content-files/{contentFile}/ask', {
    title: 'Ask two people to agree to open an attached file',
    description: 'For the open incident it is attached to. The incident’s timeline shows it.',
    audit: 'activity.ask_content',
    cli: null,
    why: 'A person asks in the browser; no token opens content.',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, contentFile: file, reason: reasonParam }))
    .output(z.object({ opening: z.string() })),
  open: download('/clients/{client}/content-files/{contentFile}/openings/{opening}', {
    method: 'POST',
    title: 'Open an attached file with content of conversations',
    description:
      'Possible once two people named in the charter have each agreed. Every opening is recorded. No token can open it.',
    audit: 'activity.open_content',
    proof: 'in_person',
    cli: null,
    why: 'A person opens it in the browser; no token ever does.',
  }).input(
    z.object({
      client: clientParam,
      contentFile: file,
      opening: z.string().min(1).max(100).describe('Id of the request that was approved'),
    }),
  ),
  remove: del('/clients/{client}/content-files/{contentFile}', {
    title: 'Destroy an attached file with content of conversations',
    description: 'Before its last day. Only an earlier backup can bring it back.',
    audit: 'activity.destroy_content',
    proof: 'fresh',
    cli: 'activity destroy-content-file',
  })
    .input(z.strictObject({ client: clientParam, contentFile: file, reason: reasonParam }))
    .output(contentFile),
};
