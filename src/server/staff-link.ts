import type { FastifyInstance } from 'fastify';
import type { Services } from '#features/context.ts';
import { openStaff } from '#features/policy/staff.ts';
import { allowedAt } from '#features/staff/allowed.ts';
import { answered, refused } from './policy-link.ts';
import { allowedPage } from './staff-page.ts';

type Secret = { readonly Params: { secret: string } };

/** Pages for staff, who have no account here, behind the secret of the policy's page: what is allowed. */
export function staffLinks(app: FastifyInstance, services: Services): void {
  app.get<Secret>('/staff/:secret', { exposeHeadRoute: false }, async (request, reply) =>
    answered(services, reply, async ({ style }) => {
      // These pages are written in English alone.
      const nonce = { style };
      const { secret } = request.params;
      const page = await openStaff(services, secret, request.ip);
      if (page.kind !== 'open') return refused(reply, page, nonce);
      return allowedPage(await allowedAt(services, page.found.policy.clientId), { secret }, nonce);
    }),
  );
}
// Guide: G7.3-03
