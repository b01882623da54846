import { implement } from '@orpc/server';
import type { RequestContext } from '../../context.ts';
import { secured } from '../../secured.ts';
import { PROVIDER_COLUMNS, workspaceFile } from '../tables.ts';
import { providersContract } from './contract.ts';
import { addProvider, dropProvider, editProvider, listIdentityProviders } from './providers.ts';

const on = implement(providersContract).$context<RequestContext>().use(secured);

export const providersHandlers = on.router({
  list: on.list.handler(({ context }) => listIdentityProviders(context)),
  export: on.export.handler(async ({ context, input }) => {
    const { items: rows } = await listIdentityProviders(context);
    return workspaceFile(context, {
      title: 'Sign-in providers',
      columns: PROVIDER_COLUMNS,
      rows,
      format: input.format,
    });
  }),
  add: on.add.handler(({ context, input }) => addProvider(context, input)),
  edit: on.edit.handler(({ context, input }) => editProvider(context, input)),
  remove: on.remove.handler(({ context, input }) => dropProvider(context, input.provider, input.version)),
});
