import type { z } from 'zod';
import {
  factorWord,
  grantText,
  INVITATION_STATE_WORDS,
  SIGN_IN_WORDS,
  TOKEN_PURPOSE_WORDS,
  TOKEN_STATE_WORDS,
} from '#domain/access/words.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile, workspaceHeading } from '../exports/index.ts';
import type { invitation } from '../shared/access-parts.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import type { accessHere, user } from './people/contract.ts';
import type { provider } from './providers/contract.ts';
import type { token } from './tokens/contract.ts';

/**
 * Exports of who has access. Made from what the pages show, so they contain no secrets or hashes, and hide clients
 * that the person may not see.
 */

type Grants = readonly Parameters<typeof grantText>[0][];
type User = z.infer<typeof user>;
type Invitation = z.infer<typeof invitation>;
type Here = z.infer<typeof accessHere>;
type Provider = z.infer<typeof provider>;
/** Same as listed by `tokens.all`. */
interface Token extends z.infer<typeof token> {
  readonly person: { readonly name: string; readonly email: string };
}

const inWords = (grants: Grants) => (grants.length === 0 ? null : grants.map(grantText).join('; '));
const at = (instant: string | null) => (instant === null ? null : new Date(instant));

export const USER_COLUMNS: readonly TableColumn<User>[] = [
  { key: 'name', title: 'Person', width: 28, value: (row) => row.name },
  { key: 'email', title: 'Email address', width: 36, value: (row) => row.email },
  { key: 'access', title: 'Access', width: 60, value: (row) => inWords(row.grants) },
  {
    key: 'signsInWith',
    title: 'Signs in with',
    width: 30,
    value: ({ signsInWith }) =>
      signsInWith.length === 0 ? null : signsInWith.map((way) => SIGN_IN_WORDS[way]).join(', '),
  },
  { key: 'secondFactor', title: 'Second factor', width: 18, value: factorWord },
  { key: 'lastSeen', title: 'Last seen', kind: 'instant', value: (row) => at(row.lastSeen) },
  { key: 'disabled', title: 'Disabled since', kind: 'instant', value: (row) => at(row.disabled) },
  { key: 'createdAt', title: 'Since', kind: 'instant', value: (row) => at(row.createdAt) },
];

export const INVITATION_COLUMNS: readonly TableColumn<Invitation>[] = [
  { key: 'name', title: 'Invited', width: 28, value: (row) => row.name },
  { key: 'email', title: 'Email address', width: 36, value: (row) => row.email },
  { key: 'to', title: 'To', width: 60, value: (row) => inWords(row.grants) },
  { key: 'state', title: 'State', value: (row) => INVITATION_STATE_WORDS[row.state] },
  { key: 'by', title: 'By', width: 28, value: (row) => row.invitedBy },
  { key: 'createdAt', title: 'Invited on', kind: 'instant', value: (row) => at(row.createdAt) },
  { key: 'expiresAt', title: 'Valid until', kind: 'instant', value: (row) => at(row.expiresAt) },
];

export const TOKEN_COLUMNS: readonly TableColumn<Token>[] = [
  { key: 'name', title: 'Token', width: 28, value: (row) => row.name },
  { key: 'person', title: 'Person', width: 28, value: (row) => row.person.name },
  { key: 'email', title: 'Email address', width: 36, value: (row) => row.person.email },
  { key: 'purpose', title: 'For', width: 22, value: (row) => TOKEN_PURPOSE_WORDS[row.purpose] },
  {
    key: 'reaches',
    title: 'Scope',
    width: 28,
    value: (row) => row.client?.name ?? 'Everything the person may do',
  },
  { key: 'state', title: 'State', value: (row) => TOKEN_STATE_WORDS[row.state] },
  { key: 'createdAt', title: 'Made', kind: 'instant', value: (row) => at(row.createdAt) },
  { key: 'expiresAt', title: 'Ends', kind: 'instant', value: (row) => at(row.expiresAt) },
  { key: 'lastUsedAt', title: 'Last used', kind: 'instant', value: (row) => at(row.lastUsedAt) },
];

export const PROVIDER_COLUMNS: readonly TableColumn<Provider>[] = [
  { key: 'name', title: 'Provider', width: 28, value: (row) => row.name },
  { key: 'issuer', title: 'Issuer', width: 60, value: (row) => row.issuer },
  { key: 'clientId', title: 'Client id', width: 40, value: (row) => row.clientId },
  { key: 'hasSecret', title: 'Secret set', kind: 'yes_no', value: (row) => row.hasSecret },
  { key: 'enabled', title: 'On', kind: 'yes_no', value: (row) => row.enabled },
  { key: 'people', title: 'People', kind: 'number', value: (row) => row.people },
  { key: 'createdAt', title: 'Added', kind: 'instant', value: (row) => at(row.createdAt) },
];

export const HERE_COLUMNS: readonly TableColumn<Here>[] = [
  { key: 'name', title: 'Person', width: 28, value: (row) => row.name },
  { key: 'email', title: 'Email address', width: 36, value: (row) => row.email },
  { key: 'access', title: 'Access', width: 60, value: (row) => inWords(row.grants) },
  { key: 'disabled', title: 'Disabled', kind: 'yes_no', value: (row) => row.disabled },
];

interface List<Row> {
  readonly title: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly format: TableFormat;
  /** The filter in words; left out: everything is shown. */
  readonly filter?: string;
}

/** A list of the workspace, which has no client's time zone. */
export function workspaceFile<Row>(context: HandlerContext, list: List<Row>) {
  return file(workspaceHeading(context), list);
}

/** A list of the operation's client, with times in its time zone. */
export function clientFile<Row>(context: HandlerContext, list: List<Row>) {
  return file(clientHeading(context), list);
}

async function file<Row>(
  whose: ReturnType<typeof clientHeading>,
  { title, columns, rows, format, filter }: List<Row>,
) {
  const heading = { ...whose, title, filter: filter ?? null };
  return asDownload(await tableFile({ heading, columns, rows }, format));
}
