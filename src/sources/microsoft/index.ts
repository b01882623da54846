import type { FileKind } from '../exports/file-kind.ts';
import { defineSource } from '../source.ts';
import { graphKinds } from './kinds.ts';
import { signInsTable } from './sign-ins-table.ts';
import { entraUsersTable } from './users-table.ts';

/** Microsoft 365 and Entra, by tables of their admin centers and answers of Microsoft Graph that someone saved. */
export const microsoft = defineSource({
  id: 'microsoft',
  files: [entraUsersTable as FileKind, signInsTable as FileKind, ...graphKinds],
});
