import { z } from 'zod';
import { PROJECT_OUTCOMES } from '#domain/journeys/people/projects.ts';
import { clientParam, instant, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { dayText } from '../shared/control-parts.ts';

const journey = z.string().min(1).max(80).describe('Id of a leaving, from journeys list');
const name = z.string().trim().min(1).max(300);
const { get, post } = operationsOf({
  feature: 'Claude members',
  scope: 'client',
  permission: 'people.decide',
  guide: ['G6.6-05'],
});

const projectLine = z.object({
  id: z.string(),
  vendorId: z.string().nullable().describe('Id in Claude; null: a person entered it by name'),
  name: z.string(),
  private: z
    .boolean()
    .nullable()
    .describe('true: no one can open it once the seat is removed; null: not reported'),
  outcome: z.enum(PROJECT_OUTCOMES).nullable().describe('null: nothing has been decided about it yet'),
  to: z.string().nullable().describe('Who owns it now; null: it was not transferred'),
  note: z.string().nullable().describe('null: none'),
  settled: z.object({ by: z.string(), at: instant }).nullable().describe('null: not decided'),
  due: dayText,
  overdue: z.boolean(),
  version: z.number().int(),
});

export const leaverProjects = listOf(projectLine).extend({
  listed: z
    .object({ how: z.enum(['api', 'person']), by: z.string(), at: instant })
    .nullable()
    .describe('Who listed them, and when; null: not listed yet'),
  readable: z.boolean().describe('Whether Bylaw can list them by itself'),
});

export const claudeMembersContract = {
  projects: get('/clients/{client}/journeys/{journey}/projects', {
    title: 'List the projects of someone who is leaving, and what became of each',
    description:
      'Each has to be transferred, archived or accepted as lost within fourteen days of the last day. The list is made before the seat is removed.',
    permission: 'people.read',
    cli: 'claude-members projects',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, journey, ...pageParams() }))
    .output(leaverProjects),
  readProjects: post('/clients/{client}/journeys/{journey}/projects/read', {
    title: 'Have Claude list the projects of someone who is leaving',
    description:
      'On Enterprise, with a key that reads user data: the names of the projects that the person created, and nothing that is in them. What was decided about a project stays.',
    audit: 'claude_members.read_projects',
    cli: 'claude-members read-projects',
    proof: 'none',
    noVerifiedAccount: 'the vendor lists them',
  })
    .input(z.strictObject({ client: clientParam, journey }))
    .output(leaverProjects),
  nameProjects: post('/clients/{client}/journeys/{journey}/projects', {
    title: 'Record the projects of someone who is leaving',
    description: 'As the person or their manager lists them. An empty list says that there are none.',
    audit: 'claude_members.name_projects',
    cli: 'claude-members name-projects',
    proof: 'none',
    noVerifiedAccount: 'names what is left to do, and no control rests on it',
  })
    .input(
      z.strictObject({
        client: clientParam,
        journey,
        names: z.array(name).max(200).describe('Names of projects to add; empty: there are none'),
      }),
    )
    .output(leaverProjects),
  settleProject: post('/clients/{client}/journeys/{journey}/projects/{project}/settle', {
    title: 'Record what became of a project of someone who is leaving',
    audit: 'claude_members.settle_project',
    cli: 'claude-members settle-project',
    proof: 'none',
    noVerifiedAccount: 'a word on a project; no control rests on it',
  })
    .input(
      z.strictObject({
        client: clientParam,
        journey,
        project: z.string().min(1).max(80).describe('Id from claude-members projects'),
        version: z.number().int().min(1).describe('Version that was shown'),
        outcome: z.enum(PROJECT_OUTCOMES).nullable().describe('null: withdraw the decision'),
        to: z.string().trim().max(200).optional().describe('New owner, if it was transferred'),
        note: z.string().trim().max(2000).optional().describe('Why losing it is acceptable'),
      }),
    )
    .output(leaverProjects),
};
// Guide: G6.6-05
