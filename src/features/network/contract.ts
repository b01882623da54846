import { z } from 'zod';
import { BLOCK_SIDES } from '#domain/network/block.ts';
import { clientParam, operationsOf } from '../operation.ts';
import { checkedSchema, networkSchema, probeOutcome, probeSchema } from './schemas.ts';
import { shadowAiSchema } from './shadow/schemas.ts';

const { download, get, post, put } = operationsOf({
  feature: 'Network controls',
  scope: 'client',
  permission: 'charter.read',
});

const chosen = {
  client: clientParam,
  organization: z
    .string()
    .trim()
    .toLowerCase()
    .max(80)
    .optional()
    .describe('Id of the Claude organization, where the charter does not state it'),
};

export const networkContract = {
  show: get('/clients/{client}/network', {
    title: 'Show how the network and browsers refuse other Claude organizations',
    description:
      'The header with the client’s organizations, each way to send it with its files and steps, what no way covers, whether the plan follows it at all, and what proves it.',
    cli: 'network show',
    mcp: true,
    guide: ['G4.4-00', 'G4.4-03', 'G4.4-04', 'G4.4-05', 'G4.4-06', 'G4.4-07', 'GB-06'],
  })
    .input(z.object(chosen))
    .output(networkSchema),
  file: download('/clients/{client}/network/ways/{way}/files/{file}', {
    title: 'Download a file for a gateway, browser or block list',
    cli: 'network file',
    why: 'A file for a gateway; network show gives its values.',
    guide: ['G4.4-00', 'G4.4-04', 'G4.4-07'],
  }).input(
    z.object({
      ...chosen,
      way: z.string().min(1).max(40).describe('Id of the way, from network show, for example squid'),
      file: z.string().min(1).max(40).describe('Id of the file, from network show, for example conf'),
    }),
  ),
  check: put('/clients/{client}/network/check', {
    title: 'Check the configuration of a gateway or browser for the Claude header',
    description:
      'A browser policy, Squid, HAProxy, Envoy, mitmproxy, FortiGate, Cloudflare, Zscaler, Palo Alto or Azure Firewall configuration. Finds a header that is sent twice, left to the client, misspelled, sent to the wrong hosts or for the wrong organizations. Nothing is stored.',
    audit: null,
    why: 'It reads what is sent and stores nothing.',
    cli: 'network check',
    transport: 'upload',
    guide: ['G4.4-00'],
  })
    .input(z.object({ ...chosen, name: z.string().trim().min(1).max(255).describe('Name of the file') }))
    .output(checkedSchema),
  shadowAi: get('/clients/{client}/network/shadow-ai', {
    title: 'Show AI tools in use on the network, what is decided on each, and the risks',
    description:
      'By network logs of the last 45 days: tools with people, devices and decisions, Claude by organization where addresses show it, personal accounts, networks with and without a test, and the risks of section 4.1 of the guide. It says for which days and places the logs speak.',
    permission: 'controls.read',
    cli: 'network shadow-ai',
    mcp: true,
    guide: ['G0-05', 'G4-00', 'G4.1-03', 'G4.1-06'],
  })
    .input(z.object({ client: clientParam }))
    .output(shadowAiSchema),
  recordProbe: post('/clients/{client}/network/probes', {
    title: 'Record a test of the tenant restriction from a managed device',
    description:
      'In your name, with what each request came to. The command "bylaw probe" makes the requests and records them; a person who signed in with a personal account in the browser records what they saw. It counts for the control as long as it is not too old.',
    permission: 'attestations.write',
    audit: 'network.probe.record',
    provenPerson: true,
    cli: 'network record-probe',
    guide: ['G4.4-01', 'G4.4-02', 'G4.4-07', 'G4.1-03'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        place: z
          .string()
          .trim()
          .min(3, 'Say in a few words on which network and device.')
          .max(200)
          .describe('Which network and device, in a few words'),
        own: probeOutcome.describe('With our key'),
        otherKey: probeOutcome
          .nullable()
          .default(null)
          .describe('With a key of another organization; null: not tried'),
        otherValue: probeOutcome
          .default('unclear')
          .describe('With our key and a header that names another organization'),
        provider: z
          .string()
          .trim()
          .toLowerCase()
          .max(100)
          .nullable()
          .default(null)
          .describe(
            'Mail provider of the personal account that was tried in the browser, for example gmail.com; own and otherKey say what became of our account and of that one. null: the command’s requests',
          ),
        block: z
          .enum(BLOCK_SIDES)
          .nullable()
          .default(null)
          .describe(
            'Side of a block of Claude that was tried, guest or managed; own says whether Claude was reached. null: none',
          ),
      }),
    )
    .output(probeSchema),
};
