import { implement } from '@orpc/server';
import type { RequestContext } from '../../context.ts';
import { secured } from '../../secured.ts';
import { TOKEN_COLUMNS, workspaceFile } from '../tables.ts';
import { tokensContract } from './contract.ts';
import { createToken, listAllTokens, listOwnTokens, revokeToken } from './tokens.ts';

const on = implement(tokensContract).$context<RequestContext>().use(secured);

export const tokensHandlers = on.router({
  list: on.list.handler(({ context }) => listOwnTokens(context)),
  create: on.create.handler(({ context, input }) => createToken(context, input)),
  revoke: on.revoke.handler(({ context, input }) => revokeToken(context, input.token, context.actor.userId)),
  all: on.all.handler(({ context }) => listAllTokens(context)),
  export: on.export.handler(async ({ context, input }) => {
    const { items: rows } = await listAllTokens(context);
    return workspaceFile(context, {
      title: 'Tokens of all people',
      columns: TOKEN_COLUMNS,
      rows,
      format: input.format,
    });
  }),
  revokeAny: on.revokeAny.handler(({ context, input }) => revokeToken(context, input.token, null)),
});
