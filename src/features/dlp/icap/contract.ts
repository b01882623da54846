import { z } from 'zod';
import { CHECK_MODES } from '#domain/dlp/decision.ts';
import { clientParam, operationsOf } from '../../operation.ts';
import { helpUrl, icapSchema, versionShown } from '../schemas.ts';

const { del, get, put } = operationsOf({ feature: 'Data loss prevention', scope: 'client' });

export const icapContract = {
  show: get('/clients/{client}/dlp/icap', {
    title: 'Show the check at the proxy and what it decided',
    description:
      'A proxy that decrypts Claude asks about each request before it leaves (ICAP). Shows its address, the lines for Squid, whether it refuses or only watches, and what it decided in the last 30 days.',
    permission: 'connections.read',
    cli: 'dlp icap',
    mcp: true,
    guide: ['G5.4-03', 'G7.2-10'],
    boundedBy: 'one check, with a count for each decision and reason',
  }).output(icapSchema),
  set: put('/clients/{client}/dlp/icap', {
    title: 'Set up the check at the proxy, or change it',
    description:
      'It refuses only if the charter says what happens to content that cannot be checked in time. Where the server listens for proxies is a server setting. A change after which it no longer refuses waits until someone else approves it. If no one else could, it takes effect at once, and the record says that one person did it alone.',
    permission: 'connections.edit',
    audit: 'dlp.icap.set',
    proof: 'fresh',
    cli: 'dlp set-icap',
    guide: ['G5.4-03'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        version: versionShown,
        mode: z.enum(CHECK_MODES),
        helpUrl: helpUrl
          .optional()
          .describe('Address of the staff page for reporting false alarms; left out: none is shown'),
      }),
    )
    .output(icapSchema),
  remove: del('/clients/{client}/dlp/icap', {
    title: 'Remove the check at the proxy',
    description:
      'Nothing answers at its address anymore. What it decided stays in the log. This waits until someone else approves it, if someone else could.',
    permission: 'connections.edit',
    audit: 'dlp.icap.remove',
    proof: 'fresh',
    cli: 'dlp remove-icap',
  })
    .input(z.strictObject({ client: clientParam, version: versionShown }))
    .output(icapSchema),
};
