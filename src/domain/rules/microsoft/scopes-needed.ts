import { fold } from '../../decide/conditions.ts';
import type { Catalogue, Connector } from '../../model/catalogue.ts';
import type { Charter, CharteredConnector } from '../../model/charter.ts';
import type { ConnectorScope } from '../../model/connector-scopes.ts';
import type { PermissionGrantRow } from '../../model/kinds.ts';
import { matchAction, matchConnector } from '../connectors/match.ts';

export type Needed =
  | {
      readonly ok: true;
      /** In lower case. */
      readonly scopes: ReadonlySet<string>;
      /** What they are needed for, to be appended to "beyond". */
      readonly from: string;
      /** Actions that the charter allows and the catalogue cannot match. */
      readonly unclear: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

type Known = Pick<Catalogue, 'connectors' | 'connectorScopes'>;

/** The scopes that a charter needs of the Microsoft 365 connector, as far as the catalogue shows. */
export function neededScopes(charter: Charter, catalogue: Known): Needed {
  const all = catalogue.connectorScopes.scopes;
  const basic = all.filter(({ kind }) => kind === 'basic').map(({ scope }) => scope);
  const known = catalogue.connectors.filter((connector) => connector.id.startsWith('microsoft365_'));
  const approved = approvedActions(charter, known, catalogue);
  const listed = charter.entra?.connectorScopes;
  if (listed) {
    // A list in the charter is complete: even a read scope that it does not name is surplus. Scopes of actions that the
    // charter approves are not, even if the list was not kept up to date.
    const more = approved.scopes.filter((scope) => !lower(listed).has(scope.toLowerCase()));
    return {
      ok: true,
      scopes: lower([...basic, ...listed, ...more]),
      from:
        more.length > 0
          ? 'the scopes that the charter lists and what its approved actions need'
          : 'the scopes that the charter lists',
      unclear: [],
    };
  }
  if (!charter.connectors)
    return { ok: false, why: 'The charter lists no approved connectors, so what they need is not known.' };
  if (known.length === 0)
    return { ok: false, why: 'The catalogue does not describe the Microsoft 365 connector.' };
  const read = all.filter(({ for: users }) => users.some((user) => approved.opened.has(user)));
  return {
    ok: true,
    scopes: lower([...basic, ...approved.scopes, ...read.map(({ scope }) => scope)]),
    from:
      approved.opened.size === 0
        ? 'signing in, which is all that the charter needs of it: it approves no part of the Microsoft 365 connector'
        : 'what the approved actions need',
    unclear: approved.unclear,
  };
}

interface ApprovedActions {
  /** Scopes that the actions name. */
  readonly scopes: readonly string[];
  /** Parts of the connector and their actions, as the catalogue of scopes refers to them. */
  readonly opened: ReadonlySet<string>;
  readonly unclear: readonly string[];
}

function approvedActions(
  { connectors = [] }: Charter,
  known: readonly Connector[],
  catalogue: Known,
): ApprovedActions {
  const scopes: string[] = [];
  const unclear: string[] = [];
  const opened = new Set<string>();
  const explained = new Set(catalogue.connectorScopes.scopes.flatMap(({ for: users }) => users));
  for (const chartered of connectors) {
    // "Microsoft 365" alone means all of its parts.
    const parts = matchConnector(chartered.name, catalogue).entries.filter((entry) => known.includes(entry));
    for (const part of parts) {
      for (const action of openActions(chartered, part)) {
        opened.add(part.id).add(`${part.id}/${action.id}`);
        if (action.scope && PLAIN.test(action.scope)) scopes.push(...action.scope.split(' '));
        // A write action needs a scope of its own; if none is documented, no scope may be removed.
        else if (action.effect !== 'read' && !explained.has(`${part.id}/${action.id}`))
          unclear.push(`“${action.title}”`);
      }
    }
    if (parts.length === 0) continue;
    const strange = unplaced(chartered, parts);
    unclear.push(...strange);
    // An action that cannot be matched may read anything in the part.
    if (strange.length > 0) for (const part of parts) opened.add(part.id);
  }
  return { scopes, opened, unclear };
}

/** Scopes by name. "Varies by resource: …" does not match: which scope is needed follows from the part that is open. */
const PLAIN = /^[A-Za-z]+(\.[A-Za-z]+)+( [A-Za-z]+(\.[A-Za-z]+)+)*$/;

const spellings = (action: Connector['actions'][number]) =>
  [action.id, action.title, ...action.aliases].map(fold);

/**
 * Actions that the charter allows or asks for: by name, else by class ("read"), else by the entry for all others. An
 * action named under two spellings is open if either opens it.
 */
function openActions(chartered: CharteredConnector, part: Connector): Connector['actions'] {
  const stated = Object.entries(chartered.actions).map(([key, state]) => ({
    key: fold(key),
    state,
    match: matchAction(key, [part], 'charter'),
  }));
  return part.actions.filter((action) => {
    const names = spellings(action);
    const ranks = [
      stated.filter(({ key }) => names.includes(key)),
      stated.filter(({ match }) => match.kind === 'class' && match.effects.includes(action.effect)),
      stated.filter(({ match }) => match.kind === 'rest'),
    ];
    const [first = []] = ranks.filter((found) => found.length > 0);
    return first.some(({ state }) => state !== 'blocked');
  });
}

function unplaced(chartered: CharteredConnector, parts: readonly Connector[]): readonly string[] {
  const known = new Set(parts.flatMap(({ actions }) => actions.flatMap(spellings)));
  return Object.entries(chartered.actions)
    .filter(([key, state]) => {
      const { kind } = matchAction(key, parts, 'charter');
      return state !== 'blocked' && !known.has(fold(key)) && kind !== 'class' && kind !== 'rest';
    })
    .map(([key]) => `“${key}”`);
}

/** What a scope lets Claude do, according to the catalogue; null: the vendor does not document it for the connector. */
export function knownScope(
  scope: string,
  { connectorScopes }: Pick<Catalogue, 'connectorScopes'>,
): ConnectorScope | null {
  return connectorScopes.scopes.find((one) => one.scope.toLowerCase() === scope.toLowerCase()) ?? null;
}

/** Calls that reduce a grant to what is needed. A scope is removed by writing the remaining ones. */
export interface Removal {
  /** Id of the grant; null: the file does not give it. */
  readonly grant: string | null;
  /** The person for whom the grant is; null: everyone. */
  readonly person: string | null;
  readonly removes: readonly string[];
  readonly keeps: readonly string[];
  readonly graph: string;
  readonly powershell: string;
}

/**
 * The calls for a grant; null: it has no surplus. An approved action may have read through a scope that is removed, so
 * narrower scopes that it included and that are needed are added instead.
 */
export function removalOf(row: PermissionGrantRow, needed: ReadonlySet<string>): Removal | null {
  const removes = row.scopes.filter((scope) => !needed.has(scope.toLowerCase()));
  if (removes.length === 0) return null;
  const stays = row.scopes.filter((scope) => needed.has(scope.toLowerCase()));
  const held = new Set(stays.map((scope) => scope.toLowerCase()));
  const instead = [...new Set(removes.flatMap(included))].filter(
    (scope) => needed.has(scope.toLowerCase()) && !held.has(scope.toLowerCase()),
  );
  const keeps = [...stays, ...instead];
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

/** The narrower scopes that a Microsoft Graph scope includes: read for write, one's own for everyone's. */
function included(scope: string): readonly string[] {
  const reading = scope.replace(/\.ReadWrite(?=\.|$)/i, '.Read');
  const lesser = [reading, scope.replace(/\.(All|Shared)$/i, ''), reading.replace(/\.(All|Shared)$/i, '')];
  if (/^Mail\.Read$/i.test(reading)) lesser.push('Mail.ReadBasic');
  return [...new Set(lesser)].filter((one) => one !== scope);
}

/** Single-quoted PowerShell strings are literal except for the quotation mark itself, in each of its forms. */
function quoted(text: string): string {
  return text.replace(/['‘’‚‛]/g, '$&$&').replace(/\p{Cc}/gu, ' ');
}

function lower(scopes: readonly string[]): ReadonlySet<string> {
  return new Set(scopes.map((scope) => scope.trim().toLowerCase()).filter((scope) => scope !== ''));
}
// Guide: G3.2-02 G6.1-05
