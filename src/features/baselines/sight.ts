import type { YamlText } from '#sources/exports/documents/yaml.ts';
import { type BaselineRow, findBaseline, versionOf } from '#store/baselines/baselines.ts';
import { followersAmong } from '#store/baselines/followers.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { visibleClients } from '../shared/visible-clients.ts';
import { parsedText } from './text.ts';

/** What a person may see and do with baselines and clients. */
export interface Sight {
  /** Clients whose baseline the person may see. */
  readonly read: readonly string[];
  /** Clients to which the person may apply a baseline. */
  readonly apply: ReadonlySet<string>;
  /** Whether the person sees all baselines, because they write or apply them; others see those of their clients. */
  readonly every: boolean;
  readonly manage: boolean;
  readonly create: boolean;
}

export async function sightOf(context: HandlerContext): Promise<Sight> {
  const apply = await visibleClients(context, 'baselines.apply');
  const manage = context.can('baselines.manage', null);
  return {
    read: await visibleClients(context, 'baselines.read'),
    apply: new Set(apply),
    every: manage || apply.length > 0,
    manage,
    create: context.can('clients.create', null),
  };
}

export interface Stored {
  readonly row: BaselineRow;
  /** YAML of the newest version. */
  readonly text: string;
}

export interface Loaded extends Stored {
  /** The parsed text. */
  readonly yaml: YamlText;
}

/** A baseline that the person may see, with its newest text. Throws NOT_FOUND. */
export async function loadBaseline(context: HandlerContext, sight: Sight, id: string): Promise<Loaded> {
  const { store } = context.services;
  const loaded = await store.read('system', (tx) => readBaselineRow(tx, id));
  if (loaded === null) throw notFound();
  if (!sight.every && (await store.read(sight.read, (tx) => followersAmong(tx, sight.read, id))).length === 0)
    throw notFound();
  return { ...loaded, yaml: await parsedText(loaded.text) };
}

export async function readBaselineRow(tx: Tx, id: string): Promise<Stored | null> {
  const row = await findBaseline(tx, id);
  if (row === undefined) return null;
  const version = await versionOf(tx, id, row.version);
  return version === undefined ? null : { row, text: version.body };
}
