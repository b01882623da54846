import type { Catalogue, Connector, EFFECTS } from '../../model/catalogue.ts';
import { ownValue } from '../../model/own-value.ts';
import { list } from '../../text/list.ts';
import { CLASS, COMPANIONS, classOf, classOfParts } from './action-classes.ts';
import { inEnglishForms } from './action-languages.ts';
import { actionWords, connectorWords, nameKey, withoutVendor } from './spelling.ts';

export type Effect = (typeof EFFECTS)[number];
export type KnownAction = { readonly connector: Connector; readonly action: Connector['actions'][number] };

/**
 * A connector name and its catalogue entries: none, one or several. Claude lists "Microsoft 365" as one connector; the
 * guide rates its SharePoint, Outlook and Teams parts separately.
 */
export interface ConnectorMatch {
  readonly name: string;
  /** The same for every spelling of one name. */
  readonly key: string;
  readonly entries: readonly Connector[];
}

/** What an action's spelling covers. `unknown` has the action's own name as its key, and an unknown effect. */
export type ActionMatch =
  | { readonly kind: 'rest' }
  | { readonly kind: 'class'; readonly effects: readonly Effect[] }
  | { readonly kind: 'actions'; readonly actions: readonly KnownAction[] }
  | { readonly kind: 'unknown'; readonly key: string };

/** Too generic to identify a product. */
const GENERIC_NAMES = new Set(
  list('crm, ams, project, tool, tools, project tools, other, mail, files, calendar'),
);

/** Spellings cached per catalogue; limited because a server that runs for years sees any number of names. */
const MAX_CACHED_SPELLINGS = 5000;
const matchCache = new WeakMap<readonly Connector[], Map<string, ConnectorMatch>>();

export function matchConnector(name: string, catalogue: Pick<Catalogue, 'connectors'>): ConnectorMatch {
  const cache = matchCache.get(catalogue.connectors) ?? new Map<string, ConnectorMatch>();
  matchCache.set(catalogue.connectors, cache);
  const found = cache.get(name) ?? findConnector(name, catalogue);
  if (cache.size >= MAX_CACHED_SPELLINGS) cache.clear();
  cache.set(name, found);
  return found;
}

function findConnector(name: string, catalogue: Pick<Catalogue, 'connectors'>): ConnectorMatch {
  const list = connectorWords(name);
  const entries = entriesOf(list, catalogue.connectors);
  const key =
    entries.length > 0
      ? entries
          .map((entry) => entry.id)
          .sort()
          .join('+')
      : nameKey(list);
  return { name, key, entries };
}

function entriesOf(list: readonly string[], connectors: readonly Connector[]): readonly Connector[] {
  const own = withoutVendor(list);
  if (own.length === 0 && list.includes('m365')) {
    const family = connectors.filter((entry) =>
      spellings(entry).some((s) => connectorWords(s).includes('m365')),
    );
    if (family.length > 0) return family;
  }
  const index = indexOf(connectors);
  const exact = named([nameKey(list), list.join('')], index.full);
  if (exact.length > 0) return exact;
  if (own.length === 0) return NO_ENTRIES;
  const loose = named([nameKey(own), own.join('')], index.bare);
  if (loose.length > 0) return loose;
  // "SharePoint, Outlook": each word by itself names an entry.
  const words = own.map((word) => index.bare.get(word) ?? NO_ENTRIES);
  if (words.some((found) => found.length === 0)) return NO_ENTRIES;
  return named(own, index.bare);

  function named(
    names: readonly string[],
    byName: ReadonlyMap<string, readonly Connector[]>,
  ): readonly Connector[] {
    const found = new Set(names.flatMap((name) => byName.get(name) ?? NO_ENTRIES));
    return found.size < 2 ? [...found] : connectors.filter((entry) => found.has(entry));
  }
}

/**
 * The entries of a name, apart by the connector that they are in Claude: "Asana / Slack" names two, while the parts of
 * Microsoft 365 are one.
 */
export function productsOf(entries: readonly Connector[]): readonly (readonly Connector[])[] {
  if (entries.length < 2) return [entries];
  return [
    ...Map.groupBy(entries, (entry) =>
      spellings(entry).some((text) => connectorWords(text).includes('m365')) ? 'm365' : entry.id,
    ).values(),
  ];
}

/** One shared array for all names that the catalogue does not know, since `matchAction` caches by array identity. */
const NO_ENTRIES: readonly Connector[] = [];

/** Catalogue entries by each of their names, built once because a charter may name thousands of connectors. */
interface ConnectorIndex {
  readonly full: ReadonlyMap<string, readonly Connector[]>;
  readonly bare: ReadonlyMap<string, readonly Connector[]>;
}
const indexCache = new WeakMap<readonly Connector[], ConnectorIndex>();

function indexOf(connectors: readonly Connector[]): ConnectorIndex {
  const cached = indexCache.get(connectors);
  if (cached !== undefined) return cached;
  const full = new Map<string, Connector[]>();
  const bare = new Map<string, Connector[]>();
  for (const entry of connectors) {
    const keys = makeKeys(entry);
    for (const key of keys.full) full.set(key, [...(full.get(key) ?? []), entry]);
    for (const key of keys.bare) bare.set(key, [...(bare.get(key) ?? []), entry]);
  }
  indexCache.set(connectors, { full, bare });
  return { full, bare };
}

function makeKeys(entry: Connector): { full: ReadonlySet<string>; bare: ReadonlySet<string> } {
  const full = new Set<string>();
  const bare = new Set<string>();
  const add = (text: string) => {
    const list = connectorWords(text);
    const own = withoutVendor(list);
    if (list.length > 0 && !GENERIC_NAMES.has(list.join(' ')))
      for (const key of [nameKey(list), list.join('')]) full.add(key);
    if (own.length > 0 && !GENERIC_NAMES.has(own.join(' ')))
      for (const key of [nameKey(own), own.join('')]) bare.add(key);
  };
  for (const text of spellings(entry)) {
    add(text);
    // "SharePoint / OneDrive": either half names the entry.
    for (const part of text.split(/[/(),;]/)) add(part);
  }
  full.delete('m365');
  return { full, bare };
}

function spellings(entry: Connector): readonly string[] {
  return [entry.id, entry.name, ...entry.aliases];
}

/**
 * What an action's spelling covers among `entries`. In a charter, "delete" or "send" means the whole class; in a table
 * it is first matched to the one action of that name, because someone who copied one tool has not seen the others.
 */
export function matchAction(
  text: string,
  entries: readonly Connector[],
  side: 'observed' | 'charter',
): ActionMatch {
  const cache = actionMatches.get(entries) ?? new Map<string, ActionMatch>();
  actionMatches.set(entries, cache);
  const key = `${side} ${text}`;
  const found = cache.get(key) ?? findAction(text, entries, side);
  if (cache.size >= MAX_CACHED_SPELLINGS) cache.clear();
  cache.set(key, found);
  return found;
}

/**
 * The action to which the words in a table properly belong, if they are only an alternative name of `action`: the guide
 * uses the title of "search files" for searching folders too. null: they are the name of `action`, or of none.
 */
export function ownerOfName(
  text: string,
  match: ActionMatch,
  action: KnownAction['action'],
): KnownAction | null {
  if (match.kind !== 'actions' || match.actions.length < 2) return null;
  const name = actionWords(text).join('');
  const isOwn = (one: KnownAction['action']) =>
    [one.id, one.title].some((own) => actionWords(own).join('') === name);
  return isOwn(action) ? null : (match.actions.find((one) => isOwn(one.action)) ?? null);
}

/** Matches cached per array of entries, which are those that `matchConnector` caches. */
const actionMatches = new WeakMap<readonly Connector[], Map<string, ActionMatch>>();

function findAction(text: string, entries: readonly Connector[], side: 'observed' | 'charter'): ActionMatch {
  if (text.trim() === '*') return { kind: 'rest' };
  const list = actionWords(text);
  const found = matchWords(list, text, entries, side);
  if (found.kind !== 'unknown') return found;
  const forms = inEnglishForms(list);
  for (const form of forms) {
    const match = matchWords(form, form.join(' '), entries, side);
    if (match.kind !== 'unknown') return match;
  }
  const [english] = forms;
  return english === undefined ? found : matchWords(english, english.join(' '), entries, side);
}

function matchWords(
  list: readonly string[],
  text: string,
  entries: readonly Connector[],
  side: 'observed' | 'charter',
): ActionMatch {
  if (isRest(list)) return { kind: 'rest' };
  const effects =
    classOf(list) ??
    classOfParts(text) ??
    (entries[0] && entries.length === 1 ? classOf(withoutBrand(list, entries[0])) : null);
  if (effects && side === 'charter') return { kind: 'class', effects };
  const actions = actionsOf(list, entries);
  if (actions.length > 0) return { kind: 'actions', actions };
  if (effects) return { kind: 'class', effects };
  return { kind: 'unknown', key: actionKey(text, entries) };
}

/** The same for every spelling of one action name that the catalogue does not know. */
function actionKey(text: string, entries: readonly Connector[]): string {
  const list = actionWords(text);
  let shortest: readonly string[] = list;
  for (const entry of entries) {
    const cut = withoutBrand(list, entry);
    if (cut.length < shortest.length) shortest = cut;
  }
  return shortest.join('') || text.trim().toLowerCase();
}

const REST = new Set(['all', 'any', 'every', 'default', 'everything', 'other', 'rest', 'remaining']);
const REST_COMPANIONS = new Set(['server', 'connector', 'else', 'for', 'of', 'tool', 'action', 'operation']);

function isRest(list: readonly string[]): boolean {
  return (
    list.some((word) => REST.has(word)) && list.every((word) => REST.has(word) || REST_COMPANIONS.has(word))
  );
}

const VERBS = new Set(['read', 'write', 'delete', 'send']);

/**
 * Tools whose title begins with the verb if the text is only a verb ("Delete", "Gmail: send"), which may also mean a
 * whole class; null: the text is not a single verb.
 */
export function bareTool(text: string, entries: readonly Connector[]): readonly KnownAction[] | null {
  const written = actionWords(text);
  const list = inEnglishForms(written)[0] ?? written;
  const [verb, ...others] = entries.length === 1 && entries[0] ? withoutBrand(list, entries[0]) : list;
  if (verb === undefined || others.length > 0 || !VERBS.has(verb)) return null;
  return entries.flatMap((connector) =>
    connector.actions
      .filter(({ title }) => actionWords(title)[0] === verb)
      .map((action) => ({ connector, action })),
  );
}

function actionsOf(list: readonly string[], entries: readonly Connector[]): readonly KnownAction[] {
  const full = list.join('');
  const exact: KnownAction[] = [];
  const loose: KnownAction[] = [];
  for (const connector of entries) {
    const short = withoutBrand(list, connector).join('');
    for (const { action, full: fulls, short: shorts } of actionKeys(connector)) {
      if (fulls.has(full)) exact.push({ connector, action });
      else if (shorts.has(short) || shorts.has(full) || fulls.has(short)) loose.push({ connector, action });
    }
  }
  return exact.length > 0 ? exact : loose;
}

type ActionKeys = {
  readonly action: KnownAction['action'];
  readonly full: ReadonlySet<string>;
  readonly short: ReadonlySet<string>;
};
const actionCache = new WeakMap<Connector, readonly ActionKeys[]>();

function actionKeys(connector: Connector): readonly ActionKeys[] {
  const cached = actionCache.get(connector);
  if (cached) return cached;
  const made = connector.actions.map((action) => {
    const lists = [action.id, action.title, ...action.aliases].map(actionWords);
    return {
      action,
      full: new Set(lists.map((l) => l.join(''))),
      short: new Set(lists.map((l) => withoutBrand(l, connector).join(''))),
    };
  });
  actionCache.set(connector, made);
  return made;
}

/** Words for what an action works on, which are never taken for the product's name. */
const OBJECTS = new Set(
  list(
    'mail, calendar, file, folder, chat, message, meeting, task, project, record, contact, event, member, site, channel, drive, doc, document, crm, ams, tool, workspace, api, data',
  ),
);
const PREPOSITIONS = new Set(['in', 'on', 'from', 'to', 'of', 'via', 'with', 'using']);
const brandCache = new WeakMap<Connector, ReadonlySet<string>>();

/** "sharepoint_delete_item" and "Delete item (SharePoint)" to "delete item". Keeps at least one word. */
function withoutBrand(list: readonly string[], connector: Connector): readonly string[] {
  let brand = brandCache.get(connector);
  if (!brand) {
    const all = spellings(connector)
      .flatMap(connectorWords)
      .flatMap((word) => [word, ...actionWords(word)]);
    brand = new Set(
      all.filter(
        (word) =>
          !OBJECTS.has(word) &&
          ownValue(CLASS, word) === undefined &&
          ownValue(COMPANIONS, word) === undefined,
      ),
    );
    brandCache.set(connector, brand);
  }
  let from = 0;
  let to = list.length;
  while (from < to - 1 && brand.has(list[from] ?? '')) from += 1;
  while (to > from + 1 && brand.has(list[to - 1] ?? '')) to -= 1;
  if (to < list.length) while (to > from + 1 && PREPOSITIONS.has(list[to - 1] ?? '')) to -= 1;
  return list.slice(from, to);
}
// Guide: G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-28 G2.2-29 G2.2-30 G3.2-04 G3.3-00
// Guide: G3.3-01 G3.3-02 G3.3-03 G3.3-04 G4-01
