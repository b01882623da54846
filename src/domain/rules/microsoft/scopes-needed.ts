import { fold } from '../../decide/conditions.ts';
import type { Catalogue, Connector } from '../../model/catalogue.ts';
import type { Charter, CharteredConnector } from '../../model/charter.ts';
import type { ConnectorScope } from '../../model/connector-scopes.ts';
import type { PermissionGrantRow } from '../../model/kinds.ts';
import { matchConnector } from '../connectors/match.ts';

export type Needed =
  | {
      readonly ok: true;
      /** In small letters. */
      readonly scopes: ReadonlySet<string>;
      /** What they are needed for, to go on after "beyond". */
      readonly from: string;
      /** Actions that the charter opens and the catalogue cannot place. */
      readonly unclear: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

type Known = Pick<Catalogue, 'connectors' | 'connectorScopes'>;

/** The scopes that a charter needs of the Microsoft 365 connector, as far as the catalogue can tell. */
export function neededScopes({ entra, connectors }: Charter, catalogue: Known): Needed {
  const all = catalogue.connectorScopes.scopes;
  const basic = all.filter(({ kind }) => kind === 'basic').map(({ scope }) => scope);
  if (entra?.connectorScopes)
    // A list in the charter is the whole list: reading scopes that it does not name are surplus too.
    return {
      ok: true,
      scopes: lower([...basic, ...entra.connectorScopes]),
      from: 'the scopes that the charter lists',
      unclear: [],
    };
  if (!connectors)
    return { ok: false, why: 'The charter lists no approved connectors, so what they need is not known.' };
  const known = catalogue.connectors.filter((connector) => connector.id.startsWith('microsoft365_'));
  if (known.length === 0)
    return { ok: false, why: 'The catalogue does not describe the Microsoft 365 connector.' };
  const scopes: string[] = [...basic];
  const unclear: string[] = [];
  const opened = new Set<string>();
  for (const chartered of connectors) {
    // "Microsoft 365" alone means all of its parts.
    const parts = matchConnector(chartered.name, catalogue).entries.filter((entry) => known.includes(entry));
    for (const part of parts) {
      for (const action of openActions(chartered, part.actions)) {
        opened.add(part.id).add(`${part.id}/${action.id}`);
        if (action.scope && PLAIN.test(action.scope)) scopes.push(...action.scope.split(' '));
      }
    }
    if (parts.length === 0) continue;
    const strange = unplaced(
      chartered,
      parts.flatMap((part) => part.actions),
    );
    unclear.push(...strange);
    // What nobody can place may read anything of the part.
    if (strange.length > 0) for (const part of parts) opened.add(part.id);
  }
  for (const { scope, for: users } of all) if (users.some((user) => opened.has(user))) scopes.push(scope);
  return { ok: true, scopes: lower(scopes), from: 'what the approved actions need', unclear };
}

/** Scopes by name. "Varies by resource: …" is none: which of them is needed follows from the part that is opened. */
const PLAIN = /^[A-Za-z]+(\.[A-Za-z]+)+( [A-Za-z]+(\.[A-Za-z]+)+)*$/;

const spellings = (action: Connector['actions'][number]) =>
  [action.id, action.title, ...action.aliases].map(fold);

/** Actions that the charter allows or asks for. One that it names under two spellings is open when either opens it. */
function openActions(chartered: CharteredConnector, actions: Connector['actions']): Connector['actions'] {
  return actions.filter((action) => {
    const names = spellings(action);
    const stated = Object.entries(chartered.actions).filter(([key]) => names.includes(fold(key)));
    const states =
      stated.length > 0
        ? stated.map(([, state]) => state)
        : chartered.actions['*']
          ? [chartered.actions['*']]
          : [];
    return states.some((state) => state !== 'blocked');
  });
}

function unplaced(chartered: CharteredConnector, actions: Connector['actions']): readonly string[] {
  const known = new Set(actions.flatMap(spellings));
  return Object.entries(chartered.actions)
    .filter(([key, state]) => key !== '*' && state !== 'blocked' && !known.has(fold(key)))
    .map(([key]) => `"${key}"`);
}

/** What a scope lets Claude do, by the catalogue; null: the vendor does not document it for the connector. */
export function knownScope(
  scope: string,
  { connectorScopes }: Pick<Catalogue, 'connectorScopes'>,
): ConnectorScope | null {
  return connectorScopes.scopes.find((one) => one.scope.toLowerCase() === scope.toLowerCase()) ?? null;
}

/** The calls that leave a grant with what is needed: a scope is taken out by writing the rest. */
export interface Removal {
  /** Id of the grant; null: the file does not give it. */
  readonly grant: string | null;
  /** It is for this person alone; null: for everybody. */
  readonly person: string | null;
  readonly removes: readonly string[];
  readonly keeps: readonly string[];
  readonly graph: string;
  readonly powershell: string;
}

export function removalOf(row: PermissionGrantRow, needed: ReadonlySet<string>): Removal | null {
  const removes = row.scopes.filter((scope) => !needed.has(scope.toLowerCase()));
  if (removes.length === 0) return null;
  const keeps = row.scopes.filter((scope) => needed.has(scope.toLowerCase()));
  const id = row.id ?? '{id of the grant}';
  const address = `https://graph.microsoft.com/v1.0/oauth2PermissionGrants/${id}`;
  const rest = keeps.join(' ');
  const common = { grant: row.id, person: row.principalId ?? null, removes, keeps };
  return keeps.length === 0
    ? {
        ...common,
        graph: `DELETE ${address}`,
        powershell: `Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId '${quoted(id)}'`,
      }
    : {
        ...common,
        graph: `PATCH ${address} ${JSON.stringify({ scope: rest })}`,
        powershell: `Update-MgOauth2PermissionGrant -OAuth2PermissionGrantId '${quoted(id)}' -Scope '${quoted(rest)}'`,
      };
}

/** Inside single quotation marks PowerShell takes everything as it stands but the mark itself, in each of its forms. */
function quoted(text: string): string {
  return text.replace(/['‘’‚‛]/g, '$&$&').replace(/\p{Cc}/gu, ' ');
}

function lower(scopes: readonly string[]): ReadonlySet<string> {
  return new Set(scopes.map((scope) => scope.trim().toLowerCase()).filter((scope) => scope !== ''));
}
