import { isObject, type Json } from '../json-client.ts';
import { text } from './pages.ts';

/** Ids of accounts with their addresses in lower case, of lists of users in whichever interface’s words. */
export function accountsIn(users: readonly Json[]): { readonly id: string; readonly address: string }[] {
  return users.flatMap((row) => {
    const user = isObject(row.user) ? row.user : row;
    const id = text(user.id);
    const address = (text(user.email) ?? text(user.email_address))?.toLowerCase();
    return id === null || address === undefined || !address.includes('@') ? [] : [{ id, address }];
  });
}
