import type { HandlersOf } from '../../handlers-of.ts';
import { TOKEN_COLUMNS, workspaceFile } from '../tables.ts';
import type { tokensContract } from './contract.ts';
import { createToken, listAllTokens, listOwnTokens, revokeToken } from './tokens.ts';

export const tokensHandlers: HandlersOf<typeof tokensContract> = {
  list: listOwnTokens,
  create: createToken,
  revoke: (context, input) => revokeToken(context, input.token, context.actor.userId),
  all: listAllTokens,
  export: async (context, input) => {
    const { items: rows } = await listAllTokens(context);
    return workspaceFile(context, {
      title: 'All tokens',
      columns: TOKEN_COLUMNS,
      rows,
      format: input.format,
    });
  },
  revokeAny: (context, input) => revokeToken(context, input.token, null),
};
