import { fold } from '../charter/names.ts';
import type { AmsMethod } from '../model/ams-methods.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Charter, CharteredConnector } from '../model/charter.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import { targetOf } from './edit-cells.ts';
import { type MatrixInput, matrixParts } from './matrix.ts';
import { leavesOpen, type Preset, presetPermission } from './presets.ts';
import { canBeSet } from './row.ts';
import type { Effect } from './words.ts';

/** A connector to approve: one of the catalogue by id, or one described only by its name and tools. */
export interface Addition {
  readonly entry?: string | undefined;
  readonly name?: string | undefined;
  readonly kind?: 'directory' | 'custom' | undefined;
  readonly tools?:
    | readonly { readonly name: string; readonly effect?: Exclude<Effect, 'unknown'> | undefined }[]
    | undefined;
  /** For custom servers. */
  readonly url?: string | undefined;
  readonly sensitivity?: 'low' | 'medium' | 'high' | undefined;
  readonly memberData?: boolean | undefined;
  readonly ams?: boolean | undefined;
  /** For membership systems: the methods by which Claude reaches it. */
  readonly amsMethods?: readonly AmsMethod['id'][] | undefined;
  readonly preset: Preset;
}

/**
 * The charter with one more connector, its actions set by the preset. Everything not listed is Blocked, so that a tool
 * the vendor adds later stays closed until someone has reviewed it.
 */
export function addConnector(
  charter: Charter,
  addition: Addition,
  input: Omit<MatrixInput, 'charter'>,
): { readonly charter: Charter } | { readonly words: string } {
  const { catalogue } = input;
  const entry =
    addition.entry === undefined ? null : catalogue.connectors.find(({ id }) => id === addition.entry);
  if (entry === undefined) return { words: `The catalogue has no connector ${addition.entry}.` };
  const name = (entry?.name ?? addition.name ?? '').trim();
  if (name === '') return { words: 'Give the connector a name, as Claude lists it.' };
  const place = matchConnector(name, catalogue);
  if (entry === null && place.entries.length > 0)
    return {
      words: `The catalogue knows ${name} as ${place.entries.map((one) => one.name).join(', ')}. Add it from there.`,
    };
  const taken = (charter.connectors ?? []).find((one) => {
    const other = matchConnector(one.name, catalogue);
    return (
      fold(one.name) === fold(name) ||
      other.key === place.key ||
      other.entries.some((one) => place.entries.includes(one))
    );
  });
  if (taken)
    return {
      words:
        fold(taken.name) === fold(name)
          ? `The charter already approves ${taken.name}.`
          : `The charter already approves ${name}, under the name ${taken.name}.`,
    };
  const wide = notATool(addition.tools ?? []);
  if (wide !== null)
    return {
      words: `“${wide}” means a whole kind of action and not one tool. Write the name of each tool as the server gives it.`,
    };
  const tools = distinct(addition.tools ?? []);
  const effects = tools.flatMap(({ name: tool, effect }) =>
    effect === undefined ? [] : [[tool, effect] as const],
  );
  const kind = addition.kind ?? (entry === null || entry.directory === 'confirmed' ? undefined : 'custom');
  const made: CharteredConnector = {
    name,
    ...(kind === undefined ? {} : { kind }),
    ...(addition.url === undefined ? {} : { url: addition.url }),
    ...(addition.sensitivity === undefined ? {} : { sensitivity: addition.sensitivity }),
    ...(addition.memberData === undefined ? {} : { holdsMemberData: addition.memberData }),
    ...(addition.ams === undefined ? {} : { isAms: addition.ams }),
    actions: { ...Object.fromEntries(tools.map((tool) => [tool.name, 'blocked' as const])), '*': 'blocked' },
    ...(effects.length > 0 ? { effects: Object.fromEntries(effects) } : {}),
    justifications: {},
  };
  const alone: Charter = { ...charter, connectors: [made] };
  const actions = { ...made.actions };
  for (const part of matrixParts({ ...input, observed: [], charter: alone }).parts) {
    const target = targetOf(part);
    if (target !== null && canBeSet(part.row) && !leavesOpen(addition.preset, part.row))
      actions[target.text] = presetPermission(addition.preset, part.row);
  }
  // `*` goes last, where people write it.
  const { '*': rest = 'blocked', ...named } = actions;
  return {
    charter: {
      ...charter,
      ...(addition.amsMethods === undefined
        ? {}
        : { ams: { ...(charter.ams ?? { name }), methods: [...addition.amsMethods] } }),
      connectors: [...(charter.connectors ?? []), { ...made, actions: { ...named, '*': rest } }],
    },
  };
}

/**
 * Why a connector cannot be added without stating how Claude reaches the membership system (guide 3.3): it is one, and
 * neither the addition nor the charter says that Claude reaches it by a custom server, which a connector is. null:
 * nothing is missing.
 */
export function waysMissing(
  { ams }: Charter,
  { entry, name, ams: stated, amsMethods }: Addition,
  { connectors }: Pick<Catalogue, 'connectors'>,
): string | null {
  const known = connectors.find(({ id }) => id === entry);
  const isAms = known === undefined ? stated === true : known.category === 'ams';
  const called = known?.name ?? name ?? 'It';
  if (!isAms)
    return amsMethods === undefined
      ? null
      : `${called} is not stated to be the membership system, so no ways to reach it (amsMethods) can be given.`;
  const ways: readonly string[] | undefined = amsMethods ?? ams?.methods;
  if (ways === undefined)
    return `${called} is a membership system. Say by which of the three ways Claude reaches it (amsMethods): custom_mcp, manual_upload, bedrock; several may be named.`;
  return ways.includes('custom_mcp')
    ? null
    : `${called} is a membership system, and a connector to it is a custom server. Name custom_mcp among the ways (amsMethods), or leave the connector out.`;
}

/** The charter without a connector and its exceptions; null: there is none of that name. */
export function removeConnector(charter: Charter, name: string): Charter | null {
  const { connectors = [], invariantExceptions, ...rest } = charter;
  const left = connectors.filter((one) => fold(one.name) !== fold(name));
  if (left.length === connectors.length) return null;
  const exceptions = (invariantExceptions ?? []).filter((one) => fold(one.connector) !== fold(name));
  return {
    ...rest,
    connectors: left,
    ...(exceptions.length > 0 ? { invariantExceptions: exceptions } : {}),
  };
}

type Tool = NonNullable<Addition['tools']>[number];

/** One tool per name, ignoring spelling variants. */
function distinct(tools: readonly Tool[]): readonly Tool[] {
  const seen = new Set<string>();
  return tools.filter((tool) => {
    const match = matchAction(tool.name, [], 'charter');
    const key = match.kind === 'unknown' ? match.key : '';
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A name that the charter would read as a class of actions, not as a tool; null: there is none. */
function notATool(tools: readonly Tool[]): string | null {
  return tools.find(({ name }) => matchAction(name, [], 'charter').kind !== 'unknown')?.name ?? null;
}
// Guide: G3.3-00
