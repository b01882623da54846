import { z } from 'zod';
import { clientParam, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { tableFormat } from '../shared/table-format.ts';
import { importedPerson } from './imported/schemas.ts';
import { rangeParam } from './range.ts';
import { connectorPerson, personLine, personUsage, USAGE_LISTS, usageSchema } from './schemas.ts';
import { vendorSchema } from './vendor/schemas.ts';
import { weeklyContract } from './weekly/contract.ts';

const { download, get } = operationsOf({
  feature: 'Usage',
  scope: 'client',
  permission: 'activity.read',
  mcp: true,
});
const asked = { client: clientParam, range: rangeParam };

export const usageContract = {
  show: get('/clients/{client}/usage', {
    title: 'Show how much Claude is used',
    description:
      'Messages, people as a distribution, connectors by effect, models, adoption and cost, according to the sources. Also says what cannot be seen.',
    cli: 'usage show',
    guide: ['G5.1-00', 'G5.1-01', 'G5.1-04', 'G5.1-05', 'G5.1-07', 'G5.1-08', 'G5.2-01'],
    boundedBy: 'the days and weeks of the range that was asked for',
  })
    .input(z.object(asked))
    .output(usageSchema),
  people: get('/clients/{client}/usage/people', {
    title: 'List how much each person uses Claude compared with their own past',
    description:
      'Sorted by name. Each person is compared with their own previous weeks and with the quarter of peers; no one is ranked.',
    cli: 'usage people',
    guide: ['G5.1-02'],
    list: { key: 'key' },
  })
    .input(z.object({ ...asked, ...pageParams() }))
    .output(listOf(personLine).extend({ week: z.string().describe('Monday of the last complete week') })),
  person: get('/clients/{client}/usage/person', {
    title: 'Show how one person uses Claude',
    cli: 'usage person',
    guide: ['G5.1-02'],
    boundedBy: 'one person',
  })
    .input(
      z.object({ ...asked, key: z.string().min(1).max(320).describe('Key of an entry of usage people') }),
    )
    .output(personUsage),
  connector: get('/clients/{client}/usage/connector', {
    title: 'List who uses a connector, by effect',
    cli: 'usage connector',
    guide: ['G5.1-03'],
    list: { key: 'key' },
  })
    .input(
      z.object({
        ...asked,
        connector: z.string().min(1).max(300).describe('Id of a connector of usage show'),
        ...pageParams(),
      }),
    )
    .output(listOf(connectorPerson)),
  vendor: get('/clients/{client}/usage/vendor', {
    title: 'Show what Anthropic itself counts, next to the log',
    description:
      'Messages, people, calls by connector and effect, requests and tokens by model, seats and active people by the Analytics API (Enterprise), each with what the log has for the same days. They are not part of any other figure and are never added to one.',
    cli: 'usage vendor',
    guide: ['G5.1-00', 'G5.1-01', 'G5.1-02', 'G5.1-03', 'G5.1-04', 'G5.1-08', 'G5.2-01'],
    boundedBy: 'the days and weeks of the range that was asked for',
  })
    .input(z.object(asked))
    .output(vendorSchema),
  imported: get('/clients/{client}/usage/imported', {
    title: 'List each person’s figures in imported usage files',
    description:
      'Messages, requests, tokens and spend of usage and spend files, by file, period and person. A figure that a file does not have is null. They are not part of any other figure and are never added up.',
    cli: 'usage imported',
    guide: ['G5.1-00', 'G5.2-01'],
    list: { key: ['file', 'key'] },
  })
    .input(
      z.object({
        client: clientParam,
        file: z
          .string()
          .min(1)
          .max(80)
          .optional()
          .describe('Key of a file of usage show; left out: all files'),
        ...pageParams(),
      }),
    )
    .output(listOf(importedPerson)),
  table: download('/clients/{client}/usage/table', {
    title: 'Export a list of the usage page',
    cli: 'usage table',
    mcp: false,
    guide: ['G5.1-03', 'G5.1-04', 'G5.1-07'],
  }).input(
    z.object({
      ...asked,
      list: z.enum(USAGE_LISTS).describe('everything: all counts by day, person, connector, tool and model'),
      format: tableFormat,
    }),
  ),
  weekly: weeklyContract,
};
// Guide: G1.1-04
