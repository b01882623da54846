import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { clientsContract } from './contract.ts';
import { insertClient, profileFrom } from './create.ts';

const on = implement(clientsContract).$context<RequestContext>().use(secured);

export const clientsHandlers = on.router({
  create: on.create.handler(async ({ input, context }) => {
    const profile = profileFrom(input);
    const created = await context.change(async (tx, recorder) => {
      const client = await insertClient(tx, {
        name: input.name,
        profile,
        sandbox: false,
        now: context.now,
      });
      await recorder.record({
        chain: client.id,
        subject: { kind: 'client', id: client.id, name: input.name },
        after: { name: input.name, profile },
      });
      return client;
    });
    await context.services.verdicts.refresh(created.id);
    return { id: created.id, client: created.slug, name: input.name, sandbox: false, version: created.version };
  }),
});
