import type { HandlersOf } from '../../handlers-of.ts';
import { PROVIDER_COLUMNS, workspaceFile } from '../tables.ts';
import type { providersContract } from './contract.ts';
import { addProvider, dropProvider, editProvider, listIdentityProviders } from './providers.ts';

export const providersHandlers: HandlersOf<typeof providersContract> = {
  list: listIdentityProviders,
  export: async (context, input) => {
    const { items: rows } = await listIdentityProviders(context);
    return workspaceFile(context, {
      title: 'Sign-in providers',
      columns: PROVIDER_COLUMNS,
      rows,
      format: input.format,
    });
  },
  add: addProvider,
  edit: editProvider,
  remove: (context, input) => dropProvider(context, input.provider, input.version),
};
