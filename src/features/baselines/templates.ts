import { createHash, randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { canonical } from '#domain/catalogue-changes/entries.ts';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import type { Baseline, ShippedBaseline } from '#domain/model/baseline.ts';
import { monthWords } from '#domain/text/words.ts';
import { type ReadBaseline, readBaseline } from '#sources/exports/documents/baseline.ts';
import type { YamlText } from '#sources/exports/documents/yaml.ts';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import { WORKSPACE } from '#store/audit.ts';
import {
  addVersion,
  allBaselines,
  type BaselineRow,
  insertBaseline,
  newestTexts,
  retireBaseline,
  versionOf,
} from '#store/baselines/baselines.ts';
import { followersAmong } from '#store/baselines/followers.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { type Download, fileWord } from '../shared/download.ts';
import { inTurns } from '../shared/turn.ts';
import { problemWords } from './compare.ts';
import { tierName } from './fits.ts';
import type { lineSchema } from './schemas.ts';
import { loadBaseline, readBaselineRow, type Sight, sightOf } from './sight.ts';
import { taskTitles } from './tasks.ts';
import { parsedText } from './text.ts';

type Line = z.infer<typeof lineSchema>;

/** Parses and checks a baseline that a person wrote, or refuses it with the line. */
export async function readGiven(context: HandlerContext, text: string): Promise<ReadBaseline> {
  try {
    const read = readBaseline(await parsedText(text));
    const titles = taskTitles(context.services.catalogue);
    const strange = read.baseline.deployment.find(({ task }) => !titles.has(task));
    if (strange !== undefined)
      throw badRequest(
        `The deployment has no task “${strange.task}”. There are ${[...titles.keys()].join(', ')}.`,
      );
    const twice = read.baseline.deployment.find(
      ({ task }, at, all) => all.findIndex((one) => one.task === task) !== at,
    );
    if (twice !== undefined) throw badRequest(`The task “${twice.task}” appears twice under “deployment”.`);
    return read;
  } catch (error) {
    if (error instanceof ImportProblem) throw badRequest(problemWords(error));
    throw error;
  }
}

function shippedHash({ baseline }: ShippedBaseline): string {
  return createHash('sha256').update(canonical(baseline)).digest('hex');
}

function meantWords({ meantFor }: Pick<Baseline, 'meantFor'>, { services }: HandlerContext) {
  return {
    plans: meantFor.claudePlans.map((plan) => CLAUDE_PLAN_WORDS[plan]),
    m365: meantFor.m365.map((tier) => tierName(services.catalogue, tier)),
  };
}

export function lineOf(
  context: HandlerContext,
  row: BaselineRow,
  baseline: Baseline,
  followers: readonly { readonly baseline_version: number }[],
): Line {
  const shipped = context.services.catalogue.baselines.find(({ id }) => id === row.shipped_id);
  return {
    id: row.id,
    name: row.name,
    purpose: baseline.purpose,
    ...meantWords(baseline, context),
    version: row.version,
    shipped:
      shipped === undefined
        ? null
        : {
            id: shipped.id,
            name: String(shipped.baseline.name ?? shipped.id),
            newer: shippedHash(shipped) !== row.shipped_hash,
          },
    retired: row.retired_at === null ? null : (row.retired_reason ?? ''),
    changed: { by: row.changed_by_name, at: row.changed_at.toISOString() },
    clients: followers.length,
    older: followers.filter(({ baseline_version }) => baseline_version < row.version).length,
  };
}

export async function listBaselines(context: HandlerContext) {
  const { services } = context;
  const sight = await sightOf(context);
  const [rows, texts] = await services.store.read('system', async (tx) => [
    await allBaselines(tx),
    await newestTexts(tx),
  ]);
  const followers = Map.groupBy(
    await services.store.read(sight.read, (tx) => followersAmong(tx, sight.read)),
    ({ baseline_id }) => baseline_id,
  );
  const seen = rows.filter(({ id }) => sight.every || followers.has(id));
  // Sequentially: each result is cached, and other requests for the thread run in between.
  const read = new Map<string, YamlText>();
  for (const { id } of seen) {
    const text = texts.get(id);
    if (text !== undefined) read.set(id, await parsedText(text));
  }
  const shipped = [];
  if (sight.every)
    for (const one of services.catalogue.baselines) shipped.push(await shippedView(context, one, rows));
  const lines = await inTurns(seen, (row) => {
    const yaml = read.get(row.id);
    return yaml === undefined
      ? []
      : [lineOf(context, row, readBaseline(yaml).baseline, followers.get(row.id) ?? [])];
  });
  const items = lines.flat().sort((a, b) => Number(a.retired !== null) - Number(b.retired !== null));
  return {
    items,
    total: items.length,
    shipped,
    may: { manage: sight.manage, apply: sight.apply.size > 0 || sight.create },
  };
}

async function shippedView(context: HandlerContext, shipped: ShippedBaseline, rows: readonly BaselineRow[]) {
  const { baseline } = readBaseline(await parsedText(stringify(shipped.baseline)));
  return {
    id: shipped.id,
    name: baseline.name,
    purpose: baseline.purpose,
    ...meantWords(baseline, context),
    asOf: shipped.asOf,
    guide: monthWords(shipped.guide),
    copies: rows.filter(({ shipped_id }) => shipped_id === shipped.id).length,
  };
}

interface Given {
  readonly shipped?: string | undefined;
  readonly yaml?: string | undefined;
  readonly name?: string | undefined;
}

/** Creates a baseline and returns its id. */
export async function createBaseline(context: HandlerContext, given: Given): Promise<string> {
  const { services, actor, now } = context;
  if ((given.shipped === undefined) === (given.yaml === undefined))
    throw badRequest('Name a baseline that comes with Bylaw, or give the YAML of a new one: one of the two.');
  const shipped = services.catalogue.baselines.find(({ id }) => id === given.shipped);
  if (given.shipped !== undefined && shipped === undefined)
    throw notFound('No baseline with this id comes with Bylaw.');
  const source = shipped === undefined ? (given.yaml ?? '') : textOf(shipped);
  const text = given.name === undefined ? source : await renamed(context, source, given.name);
  const { baseline } = await readGiven(context, text);
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    const twin = (await allBaselines(tx)).find(
      ({ name }) => name.toLowerCase() === baseline.name.toLowerCase(),
    );
    if (twin !== undefined)
      throw unprocessable(`There is already a baseline “${twin.name}”. Give this one another name.`);
    const by = { created_by: actor.userId, created_by_name: actor.name, created_at: now };
    await insertBaseline(
      tx,
      {
        id,
        name: baseline.name,
        shipped_id: shipped?.id ?? null,
        shipped_hash: shipped === undefined ? null : shippedHash(shipped),
        version: 1,
        ...by,
        changed_by: actor.userId,
        changed_by_name: actor.name,
        changed_at: now,
        retired_at: null,
        retired_reason: null,
      },
      {
        baseline_id: id,
        version: 1,
        body: text,
        note: null,
        made_by: actor.userId,
        made_by_name: actor.name,
        made_at: now,
      },
    );
    await recorder.record({
      subject: { kind: 'baseline', id, name: baseline.name },
      before: null,
      after: { name: baseline.name, version: 1, shipped: shipped?.id ?? null, yaml: text },
    });
  });
  return id;
}

/** A shipped baseline as editable YAML. */
export function textOf({ baseline }: ShippedBaseline): string {
  return stringify(baseline, { lineWidth: 0 });
}

async function renamed(context: HandlerContext, text: string, name: string): Promise<string> {
  await readGiven(context, text);
  const line = stringify({ name }).trimEnd();
  return text.replace(/^name:.*$/m, () => line);
}

interface Change {
  readonly baseline: string;
  readonly version: number;
  readonly yaml: string;
  readonly note?: string | undefined;
  readonly caughtUp?: boolean | undefined;
}

/** Creates the next version of a baseline. */
export async function changeBaseline(context: HandlerContext, given: Change): Promise<void> {
  const { actor, now, services } = context;
  const { baseline } = await readGiven(context, given.yaml);
  await context.change(async (tx, recorder) => {
    const before = await readBaselineRow(tx, given.baseline);
    if (before === null) throw notFound();
    if (before.row.retired_at !== null)
      throw unprocessable(`“${before.row.name}” is retired. Put it back into use first.`);
    const shipped = services.catalogue.baselines.find(({ id }) => id === before.row.shipped_id);
    if (before.text === given.yaml && given.caughtUp !== true) {
      if (before.row.version !== given.version) throw await editConflict(tx, before.row);
      recorder.unchanged();
      return;
    }
    const twin = (await allBaselines(tx)).find(
      ({ id, name }) => id !== given.baseline && name.toLowerCase() === baseline.name.toLowerCase(),
    );
    if (twin !== undefined)
      throw unprocessable(`There is already a baseline “${twin.name}”. Choose another name.`);
    const added = await addVersion(tx, given.baseline, given.version, {
      name: baseline.name,
      body: given.yaml,
      note: given.note === undefined || given.note === '' ? null : given.note,
      at: now,
      by: actor.userId,
      byName: actor.name,
      ...(given.caughtUp === true && shipped !== undefined ? { shippedHash: shippedHash(shipped) } : {}),
    });
    if (!added) throw await editConflict(tx, before.row);
    await recorder.record({
      subject: { kind: 'baseline', id: given.baseline, name: baseline.name },
      reason: given.note ?? null,
      before: { name: before.row.name, version: before.row.version, yaml: before.text },
      after: { name: baseline.name, version: given.version + 1, yaml: given.yaml },
    });
  });
}

async function editConflict(tx: Parameters<typeof lastChange>[0], row: BaselineRow) {
  return conflict(
    `${row.changed_by_name} changed this baseline after you opened it. Nothing of yours is stored; look at the current version.`,
    {
      ...(await lastChange(tx, { chain: WORKSPACE, actions: 'baselines.', subject: row.id })),
      version: row.version,
    },
  );
}

/** Retires a baseline, or puts it back into use if the reason is null. */
export async function setRetired(context: HandlerContext, id: string, reason: string | null): Promise<Line> {
  const sight = await sightOf(context);
  await context.change(async (tx, recorder) => {
    const before = await readBaselineRow(tx, id);
    if (before === null) throw notFound();
    if ((before.row.retired_at !== null) === (reason !== null)) {
      recorder.unchanged();
      return;
    }
    await retireBaseline(tx, id, reason === null ? null : { at: context.now, reason });
    await recorder.record({
      subject: { kind: 'baseline', id, name: before.row.name },
      reason,
      before: { retired: before.row.retired_at !== null },
      after: { retired: reason !== null },
    });
  });
  return lineNow(context, sight, id);
}

async function lineNow(context: HandlerContext, sight: Sight, id: string): Promise<Line> {
  const { row, yaml } = await loadBaseline(context, sight, id);
  const followers = await context.services.store.read(sight.read, (tx) => followersAmong(tx, sight.read, id));
  return lineOf(context, row, readBaseline(yaml).baseline, followers);
}

/** One version as a file. */
export async function baselineFile(
  context: HandlerContext,
  id: string,
  version: number | undefined,
): Promise<Download> {
  const { row, text } = await loadBaseline(context, await sightOf(context), id);
  const wanted =
    version === undefined || version === row.version
      ? { body: text, version: row.version }
      : await context.services.store.read('system', (tx) => versionOf(tx, id, version));
  if (wanted === undefined) throw notFound('The baseline has no version with this number.');
  return {
    name: `${fileWord(row.name)}-v${wanted.version}.yaml`,
    type: 'application/yaml',
    bytes: new TextEncoder().encode(wanted.body),
  };
}
