import { z } from 'zod';
import { AUDIENCES } from '#domain/connectors/access/reach-words.ts';
import { putSchema } from '../charter/schemas.ts';
import { clientParam, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { tableFormat } from '../shared/table-format.ts';
import { accessSchema, reachSchema } from './access-schemas.ts';
import { flowsSchema } from './flows-schema.ts';
import { groupsSchema } from './groups-schema.ts';
import {
  additionSchema,
  cellEditSchema,
  classifySchema,
  filterShape,
  matrixSchema,
  removeName,
} from './schemas.ts';

const { download, get, post } = operationsOf({ feature: 'Connectors', scope: 'client' });
const person = z.string().min(1).max(400).describe('Id from people list');
const draft = z.string().min(1).max(80).describe('Id of an open draft of the charter');

export const connectorsContract = {
  matrix: get('/clients/{client}/connectors/matrix', {
    title: 'Show the matrix of connectors and actions',
    description:
      'Every action of every connector that the charter or a reading mentions: what it does, what the guide recommends, what the charter approves, what was observed.',
    permission: 'charter.read',
    cli: 'connectors matrix',
    mcp: true,
    guide: ['G2.2-13', 'G2.2-24', 'G2.2-25', 'G2.2-26', 'G2.2-27', 'G2.2-28', 'G2.2-29', 'G3.4-02'],
    list: { in: 'rows', key: 'id' },
  })
    .input(
      z.object({
        client: clientParam,
        draft: draft.optional().describe('An open draft instead of the version in force'),
        ...filterShape,
        ...pageParams(),
      }),
    )
    .output(matrixSchema),
  export: download('/clients/{client}/connectors/matrix/export', {
    title: 'Download the matrix of connectors and actions',
    permission: 'charter.read',
    cli: 'connectors export',
    why: 'A file for a person; connectors matrix gives the same.',
  }).input(
    z.object({
      client: clientParam,
      draft: draft.optional(),
      ...filterShape,
      format: tableFormat,
    }),
  ),
  access: get('/clients/{client}/connectors/access', {
    title: 'Show what Claude reaches for a person',
    description:
      'For each connector and action: what the organization allows, whether the person signed in, and whose rights apply in the system, with the reason and evidence at each gate. Without a person, it lists the people you can choose, with the systems that Claude reaches for each, and for how many people it reaches each system. What no source says is unknown, neither yes nor no. It also requires the right to see people.',
    permission: 'charter.read',
    cli: 'connectors access',
    mcp: true,
    guide: ['G3.1-01', 'G3.1-02', 'G3.1-03', 'G3.1-04'],
    boundedBy: 'the people to choose from, or one person',
  })
    .input(
      z.object({
        client: clientParam,
        person: person.optional(),
        connector: z.string().max(400).optional().describe('Id of one connector; left out: all of them'),
      }),
    )
    .output(accessSchema),
  accessExport: download('/clients/{client}/connectors/access/export', {
    title: 'Download what Claude reaches for a person',
    permission: 'charter.read',
    cli: 'connectors access-export',
    why: 'A file for a person; connectors access gives the same.',
  }).input(z.object({ client: clientParam, person, format: tableFormat })),
  reach: get('/clients/{client}/connectors/reach', {
    title: 'Explain what Claude can reach here',
    description:
      'One page in plain words, for leadership or for staff: how access works, what Claude can reach in this organization, what it cannot, and what is not known and how to find out.',
    permission: 'charter.read',
    cli: 'connectors reach',
    mcp: true,
    guide: ['G3.1-00', 'G3.1-01', 'G3.1-02', 'G3.1-03', 'G3.1-04'],
    boundedBy: 'one page to print',
  })
    .input(
      z.object({
        client: clientParam,
        audience: z.enum(AUDIENCES).default('leadership').describe('Audience'),
      }),
    )
    .output(reachSchema),
  groups: get('/clients/{client}/connectors/groups', {
    title: 'List groups with the connectors and tools that their roles open',
    description:
      'On Enterprise, according to the custom roles and groups that were read. No list shows what all members have in addition. On other plans, one setting applies to everyone.',
    permission: 'charter.read',
    cli: 'connectors groups',
    mcp: true,
    guide: ['G1.1-09'],
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(groupsSchema),
  flows: get('/clients/{client}/connectors/flows', {
    title: 'Show flows from people through Claude to systems',
    description:
      'Calls of the last four whole weeks and the current one by what they did, as sources report them, next to what the charter approves and what is set wider. Seeing the calls requires the right to see activity.',
    permission: 'charter.read',
    cli: 'connectors flows',
    mcp: true,
    guide: ['G5.1-03'],
    boundedBy: 'the systems that are set up or were called',
  })
    .input(z.object({ client: clientParam }))
    .output(flowsSchema),
  review: post('/clients/{client}/connectors/matrix/review', {
    title: 'Sign the review of everything that the approved connectors offer',
    description:
      'Refused as long as the effect of any of their actions is unknown. Today’s date and the name of the person who signs go into a draft of the charter. Nothing takes effect before the draft is approved.',
    permission: 'charter.edit',
    audit: 'charter.draft.edit',
    cli: 'connectors review',
    guide: ['G2.1-04'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        draft: draft.nullable().default(null).describe('null: start one from the version in force'),
        version: z
          .number()
          .int()
          .min(0)
          .describe('Version that was shown, of the draft or of the charter in force; 0: there was none'),
      }),
    )
    .output(putSchema),
  save: post('/clients/{client}/connectors/matrix', {
    title: 'Write changes of the matrix into a draft of the charter',
    description:
      'Permissions, connectors that are added or removed, and what tools do. All of it or nothing: a permission looser than the baseline needs a reason, and one that breaks an invariant needs an end date. Nothing takes effect before the draft is approved.',
    permission: 'charter.edit',
    audit: 'charter.draft.edit',
    cli: 'connectors save',
    guide: ['G2.2-20', 'G2.2-21', 'G2.2-22', 'G2.2-23', 'G2.2-28', 'G2.2-30'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        draft: draft.nullable().default(null).describe('null: start one from the version in force'),
        version: z
          .number()
          .int()
          .min(0)
          .describe('Version that was shown, of the draft or of the charter in force; 0: there was none'),
        title: z.string().trim().min(3).max(200).optional().describe('Used for a new draft only'),
        reason: z.string().trim().min(3).max(2000).optional().describe('Used for a new draft only'),
        cells: z.array(cellEditSchema).max(5000).default([]),
        add: z.array(additionSchema).max(100).default([]),
        remove: z.array(removeName).max(100).default([]).describe('Names of connectors in the charter'),
        classify: z.array(classifySchema).max(2000).default([]),
      }),
    )
    .output(putSchema),
};
// Guide: G0-04 G1.1-03 G2.1-04 G3.3-00
