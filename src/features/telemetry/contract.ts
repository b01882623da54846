import { z } from 'zod';
import { clientParam, listOf, operationsOf } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { idParam, nameField } from '../shared/access-parts.ts';
import { ingestTokenSchema, telemetrySchema } from './schemas.ts';

const { del, get, post } = operationsOf({ feature: 'Telemetry', scope: 'client' });

export const telemetryContract = {
  show: get('/clients/{client}/telemetry', {
    title: 'Show how telemetry comes in',
    description:
      'The address and settings for Cowork, Claude Code and the Office agents; the last event and events by hour for each sender; what was refused and why; organizations that are not the client’s; and clocks that are wrong.',
    permission: 'connections.read',
    cli: 'telemetry show',
    mcp: true,
    guide: ['G5.3-00'],
    boundedBy: 'what sent lately, up to a bound',
  }).output(telemetrySchema),
  tokens: get('/clients/{client}/telemetry/tokens', {
    title: 'List the tokens that let telemetry in',
    permission: 'connections.read',
    cli: 'telemetry tokens',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(ingestTokenSchema)),
  createToken: post('/clients/{client}/telemetry/tokens', {
    title: 'Create a telemetry token',
    description: 'It accepts telemetry for this client and can do nothing else. It is shown only once.',
    permission: 'connections.edit',
    audit: 'telemetry.create_token',
    proof: 'fresh',
    cli: 'telemetry create-token',
  })
    .input(
      z.object({
        client: clientParam,
        name: nameField.describe('What sends with it, for example Cowork or the office laptops'),
        expiresOn: z.iso
          .date()
          .nullable()
          .default(null)
          .describe('Last day it is valid (UTC); null or left out: until it is revoked'),
      }),
    )
    .output(z.object({ token: ingestTokenSchema, secret: z.string().describe('Shown only once') })),
  revokeToken: del('/clients/{client}/telemetry/tokens/{token}', {
    title: 'Revoke a telemetry token',
    description: 'Anything sent with it is refused from then on. Events that already arrived stay.',
    permission: 'connections.edit',
    audit: 'telemetry.revoke_token',
    cli: 'telemetry revoke-token',
    proof: 'none',
  })
    .input(z.object({ client: clientParam, token: idParam }))
    .output(z.object({ revoked: z.literal(true) })),
};
// Guide: G2.2-33
