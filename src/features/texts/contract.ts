import { z } from 'zod';
import { TEXT_IDS } from '#domain/model/policy-text.ts';
import { clientParam, operationsOf } from '../operation.ts';
import { dayText } from '../shared/control-parts.ts';

const { download, get } = operationsOf({ feature: 'Texts', scope: 'client', permission: 'policy.read' });
const client = { client: clientParam };
const text = z.enum(TEXT_IDS).describe('Which text');

const head = {
  id: z.enum(TEXT_IDS),
  title: z.string(),
  about: z.string(),
  revised: dayText.describe('Date the template was written'),
  open: z.array(z.string()).describe('What still has to be filled in or decided, in text order'),
};

export const textsContract = {
  list: get('/clients/{client}/policy-texts', {
    title: 'List the texts that come with the policy',
    description: 'Each one shows what still has to be filled in.',
    cli: 'texts list',
    mcp: true,
    guide: ['G8-13', 'G8-14'],
    boundedBy: 'the texts that the catalogue has',
  })
    .input(z.object(client))
    .output(z.object({ items: z.array(z.object(head)) })),
  show: get('/clients/{client}/policy-texts/{text}', {
    title: 'Show a text that comes with the policy, filled in with what is known about the client',
    description:
      'It is generated each time. What is not known is left open, and counsel decides on the wording.',
    cli: 'texts show',
    mcp: true,
    guide: ['G8-13', 'G8-14'],
    boundedBy: 'one text',
  })
    .input(z.object({ ...client, text }))
    .output(
      z.object({
        ...head,
        note: z.string().describe('Shown above the text: counsel decides'),
        madeOn: dayText.describe('Date of the facts it is filled in with, in the client’s time zone'),
        guideRows: z.array(z.string()),
        sections: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            items: z.array(
              z.object({
                id: z.string(),
                spans: z.array(
                  z.object({
                    kind: z
                      .enum(['words', 'known', 'open'])
                      .describe('known: filled in here; open: still to be filled in; `text` says with what'),
                    text: z.string(),
                  }),
                ),
              }),
            ),
          }),
        ),
      }),
    ),
  document: download('/clients/{client}/policy-texts/{text}/document', {
    title: 'Download a text that comes with the policy',
    cli: 'texts document',
    why: 'A file for a person; texts show gives the same.',
  }).input(z.object({ ...client, text, format: z.enum(['docx', 'html', 'pdf']).default('docx') })),
};
// Guide: G8-13 G8-14
