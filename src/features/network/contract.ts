import { z } from 'zod';
import { BLOCK_SIDES } from '#domain/network/block.ts';
import { PROBE_APPS } from '#domain/network/probe.ts';
import { clientParam, operationsOf } from '../operation.ts';
import {
  certificatesSchema,
  checkedSchema,
  deviceSchema,
  networkSchema,
  placeSchema,
  probeOutcome,
  probeSchema,
} from './schemas.ts';
import { shadowAiSchema } from './shadow/schemas.ts';

const { del, download, get, post, put } = operationsOf({
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
    .describe('ID of the Claude organization, if the charter does not state it'),
};

const deviceParams = z.strictObject({
  client: clientParam,
  networkDevice: z.string().max(80).describe('Id of the device'),
});

export const networkContract = {
  show: get('/clients/{client}/network', {
    title: 'Show how the network and browsers refuse other Claude organizations',
    description:
      'The header with the client’s organizations, each way to send it with its files and steps, what none of them covers, whether Claude honors it on this plan at all, and what proves it.',
    cli: 'network show',
    mcp: true,
    guide: ['G4.4-00', 'G4.4-03', 'G4.4-04', 'G4.4-05', 'G4.4-06', 'G4.4-07', 'GB-06'],
    boundedBy: 'the ways that the catalogue has',
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
      way: z.string().min(1).max(40).describe('Id of the method, from network show, for example squid'),
      file: z.string().min(1).max(40).describe('Id of the file, from network show, for example conf'),
    }),
  ),
  check: put('/clients/{client}/network/check', {
    title: 'Check the configuration of a gateway or browser for the Claude header',
    description:
      'A browser policy, Squid, HAProxy, Envoy, mitmproxy, FortiGate, Cloudflare, Zscaler, Palo Alto or Azure Firewall configuration. It finds a header that is sent twice, left to the client, misspelled, or sent to the wrong hosts or for the wrong organizations. Nothing is stored.',
    audit: null,
    why: 'It reads what is sent and stores nothing.',
    cli: 'network check',
    transport: 'upload',
    guide: ['G4.4-00'],
  })
    .input(z.object({ ...chosen, name: z.string().trim().min(1).max(255).describe('Name of the file') }))
    .output(checkedSchema),
  shadowAi: get('/clients/{client}/network/shadow-ai', {
    title: 'Show AI tools in use on the network, the decision on each, and the risks',
    description:
      'Based on network logs of the last 45 days: tools with people, devices and decisions, Claude by organization if addresses show it, personal accounts, networks with and without a test, and the risks of section 4.1 of the guide. It says which days and places the logs cover.',
    permission: 'controls.read',
    cli: 'network shadow-ai',
    mcp: true,
    guide: ['G0-05', 'G4-00', 'G4.1-03', 'G4.1-06'],
    boundedBy: 'the tools that the logs of 45 days show, and the risks that the catalogue has',
  })
    .input(z.object({ client: clientParam }))
    .output(shadowAiSchema),
  recordProbe: post('/clients/{client}/network/probes', {
    title: 'Record a test of the tenant restriction from a managed device',
    description:
      'In your name, with the result of each request. The command “bylaw probe” makes the requests and records them; a person who signed in with a personal account in the browser or the desktop app records what they saw. It relies on the word of the person who records it. The control uses it as long as it is not too old.',
    permission: 'attestations.write',
    audit: 'network.probe.record',
    verifiedAccount: true,
    cli: 'network record-probe',
    guide: ['G4.4-01', 'G4.4-02', 'G4.4-07', 'G4.1-03'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        place: placeSchema,
        own: probeOutcome.describe('Result with the client’s own key'),
        otherKey: probeOutcome
          .nullable()
          .default(null)
          .describe('Result with a key of another organization; null: not tried'),
        otherValue: probeOutcome
          .default('unclear')
          .describe('Result with the client’s own key and a header that names another organization'),
        headerElsewhere: z
          .boolean()
          .nullable()
          .default(null)
          .describe(
            'Whether the header meant for Claude reached another host that was tested; null: none was tested',
          ),
        certificates: certificatesSchema.default(null),
        provider: z
          .string()
          .trim()
          .toLowerCase()
          .max(100)
          .nullable()
          .default(null)
          .describe(
            'Mail provider of the personal account that was tried, for example gmail.com; own and otherKey give the results for the client’s account and the personal one. null: the command’s requests',
          ),
        app: z
          .enum(PROBE_APPS)
          .default('browser')
          .describe('Program the personal account was tried in: the browser or the desktop app'),
        block: z
          .enum(BLOCK_SIDES)
          .nullable()
          .default(null)
          .describe(
            'Side of a block of Claude that was tried, guest or managed; own gives whether Claude was reached. null: none',
          ),
      }),
    )
    .output(probeSchema),
  enrollDevice: post('/clients/{client}/network/devices', {
    title: 'Enroll a device that signs its network tests',
    description:
      'Takes the public key that the device created; the private key stays there. The command “bylaw probe --enroll” and the scripts make both.',
    permission: 'attestations.write',
    audit: 'network.device.enroll',
    verifiedAccount: true,
    proof: 'fresh',
    cli: 'network enroll-device',
    noPage: 'The device makes its key itself: the command and the scripts enroll it.',
    guide: ['G4.4-07'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        name: z
          .string()
          .trim()
          .min(3, 'Give the device a name by which it is known here.')
          .max(80)
          .describe('Name of the device, for example Head office laptop'),
        publicKey: z
          .string()
          .trim()
          .max(400)
          .describe('Public key on curve P-256: SubjectPublicKeyInfo, in Base64'),
      }),
    )
    .output(deviceSchema),
  revokeDevice: del('/clients/{client}/network/devices/{networkDevice}', {
    title: 'Revoke a device that signs its network tests',
    description:
      'This is permanent: its next tests are refused, and nothing in the tests it signed still counts in favor of the network.',
    permission: 'attestations.write',
    audit: 'network.device.revoke',
    cli: 'network revoke-device',
    guide: ['G4.4-07'],
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(deviceParams)
    .output(deviceSchema),
  recordSigned: post('/clients/{client}/network/devices/{networkDevice}/tests', {
    title: 'Record a test of the tenant restriction that a device has signed',
    description:
      'The signed bytes are JSON with device, at, nonce, place, own, otherKey, otherValue and, if another host was asked, headerElsewhere; and certificates, if they were read. A result from another device or a revoked one, one that is more than ten minutes off, or one that was sent before is refused. The signature shows that someone with the device’s key sent it, not that the person who controls the device told the truth.',
    permission: 'attestations.write',
    audit: 'network.probe.record_signed',
    verifiedAccount: true,
    cli: 'network record-signed',
    noPage: 'A device signs what its test came to: the command and the scripts send it.',
    guide: ['G4.4-01', 'G4.4-07', 'G4.1-03'],
    proof: 'none',
  })
    .input(
      deviceParams.extend({
        statement: z.string().max(4_000).describe('The bytes that were signed, in Base64'),
        signature: z
          .string()
          .max(200)
          .describe('Their ECDSA signature with SHA-256, as DER or as two concatenated numbers, in Base64'),
      }),
    )
    .output(probeSchema),
};
