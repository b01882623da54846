import { isObject, type Json } from '../json-client.ts';
import { text } from './pages.ts';

/** Account ids with their addresses in lower case, from lists of users in any of the APIs' formats. */
export function accountsIn(users: readonly Json[]): { readonly id: string; readonly address: string }[] {
  return users.flatMap((row) => {
    const user = isObject(row.user) ? row.user : row;
    const id = text(user.id);
    const address = (text(user.email) ?? text(user.email_address))?.toLowerCase();
    return id === null || address === undefined || !address.includes('@') ? [] : [{ id, address }];
  });
}
