import { z } from 'zod';
import { CHECK_MODES } from '#domain/dlp/decision.ts';
import { clientParam, operationsOf } from '../../operation.ts';
import { hookSchema, versionShown } from '../schemas.ts';

const { del, get, put } = operationsOf({ feature: 'Data loss prevention', scope: 'client' });

export const hookContract = {
  show: get('/clients/{client}/dlp/hook', {
    title: 'Show the inference hook and what it decided',
    description:
      'Claude Enterprise asks it before each answer. Shows its address, whether it refuses or only watches, what it decided in the last 30 days, and which calls were not the vendor’s.',
    permission: 'connections.read',
    cli: 'dlp hook',
    mcp: true,
    guide: ['G7.2-13', 'G7.2-16', 'G5.4-03'],
    boundedBy: 'one hook, with a count for each decision and reason',
  }).output(hookSchema),
  set: put('/clients/{client}/dlp/hook', {
    title: 'Set up the inference hook, or change it',
    description:
      'Without a secret, it only gets its address, which Claude asks for first. It refuses only if the charter says what happens to content that cannot be checked in time. A change after which it no longer refuses, no longer asks Purview or has a different secret waits until someone else approves it; meanwhile, calls signed with either secret are accepted. If no one else could approve, it takes effect at once, and the record says that one person did it alone.',
    permission: 'connections.edit',
    audit: 'dlp.hook.set',
    proof: 'fresh',
    cli: 'dlp set-hook',
    guide: ['G7.2-16'],
  })
    .input(
      z.strictObject({
        client: clientParam,
        version: versionShown,
        secret: z
          .string()
          .trim()
          .min(1)
          .max(300)
          .optional()
          .describe('Claude’s signing secret, whsec_…; sealed and never shown again. Left out: unchanged'),
        mode: z.enum(CHECK_MODES),
        purview: z
          .boolean()
          .optional()
          .describe(
            'Whether each prompt that passes the rules is also sent to the client’s own Microsoft tenant, where its Purview policies may block it; Microsoft charges for this. Left out: unchanged; off at first',
          ),
      }),
    )
    .output(hookSchema),
  remove: del('/clients/{client}/dlp/hook', {
    title: 'Remove the inference hook',
    description:
      'Removes its address and secret. What it decided stays in the log. If it has a secret, this waits until someone else approves it, if someone else could.',
    permission: 'connections.edit',
    audit: 'dlp.hook.remove',
    proof: 'fresh',
    cli: 'dlp remove-hook',
  })
    .input(z.strictObject({ client: clientParam, version: versionShown }))
    .output(hookSchema),
};
