import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EvaluationState } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import type { DecisionInput } from '#domain/decide/input.ts';
import { addDays } from '#domain/model/day.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import type { Reading, Readings } from '#domain/model/reading.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { readProfile } from '#features/assess/profile.ts';
import { momentOf } from '#features/shared/moment.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { importFolder } from '#sources/exports/import-folder.ts';
import { lay } from '../../bench/truth/measure.ts';
import { inOrder } from './in-order.ts';
import { ENOUGH_WITHOUT, NONE_IS_AN_ANSWER, PART_IS_ENOUGH, UNKNOWN_IS_ENOUGH } from './passes-justified.ts';

/**
 * Takes every pass of a client with everything in order, and reduces the readings: none, a part, old ones, empty ones,
 * an unknown value. Every control that still passes must be listed with a justification.
 */

type Row = Readonly<Record<string, unknown>>;

let input: DecisionInput;
let passing: readonly string[];
const root = mkdtempSync(join(tmpdir(), 'bylaw-passes-'));

beforeAll(async () => {
  const { folder, profile: path } = lay(inOrder(), root);
  const profile = await readProfile(path);
  const { timezone, domains, asOf } = profile.value;
  const moment = momentOf(asOf ?? '2026-11-24', timezone);
  const read = await importFolder({
    folder,
    map: [],
    profile: profile.file,
    timezone,
    domains,
    today: moment.today,
  });
  rmSync(root, { recursive: true });
  input = { catalogue: sharedCatalogue(), profile: profile.value, ...read, ...moment };
  passing = [...decided(input.readings)].flatMap(([id, { state }]) => (state === 'pass' ? [id] : []));
});

function decided(
  readings: Readings,
  only?: readonly string[],
  profile = input.profile,
): ReadonlyMap<string, Verdict> {
  const shared = new EvaluationState({ ...input, readings, profile });
  return new Map(
    input.catalogue.controls
      .filter(({ id }) => only === undefined || only.includes(id))
      .map((one) => [one.id, decideControl(one, shared)]),
  );
}

/** Evidence of a kind that the passing controls cite. */
function citing(kind: Kind): readonly string[] {
  return [...decided(input.readings, passing)].flatMap(([id, { evidence }]) =>
    evidence.some((one) => one.kind === kind) ? [id] : [],
  );
}

/** Passing controls with a check that reads a kind. */
function readBy(kind: Kind): readonly string[] {
  return input.catalogue.controls.flatMap(({ id, checks }) =>
    passing.includes(id) && checks.some(({ reads }) => reads.includes(kind)) ? [id] : [],
  );
}

const LESS: Readonly<Record<string, (readings: readonly Reading[]) => readonly Reading[]>> = {
  gone: () => [],
  'in part': (all) => all.map((one) => ({ ...one, complete: false })),
  old: (all) =>
    all.map((one) => ({
      ...one,
      observedOn: addDays(one.observedOn, -500),
      ...(one.covers
        ? { covers: { from: addDays(one.covers.from, -500), to: addDays(one.covers.to, -500) } }
        : {}),
    })),
  empty: (all) => all.map((one) => ({ ...one, rows: [] })),
};

describe('a client with everything in order', () => {
  it('passes what the cases below are about', () => {
    expect(passing.length).toBeGreaterThan(40);
  });

  it.each(Object.keys(LESS))('no reading that a pass cites is %s and it passes still', (how) => {
    const still: string[] = [];
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const all = input.readings[kind];
      const ids = all === undefined ? [] : citing(kind);
      if (all === undefined || ids.length === 0) continue;
      for (const [id, { state }] of decided({ ...input.readings, [kind]: LESS[how]?.(all) }, ids))
        if (state === 'pass') still.push(`${id} ${kind}`);
    }
    const more = { empty: NONE_IS_AN_ANSWER, 'in part': PART_IS_ENOUGH };
    const justified = [...ENOUGH_WITHOUT, ...(ownValue(more, how) ?? [])].flatMap(({ of }) => of);
    expect(still.filter((one) => !justified.includes(one))).toEqual([]);
  });

  it('says which passes take the roster to list everyone while the profile does not state how many work here', () => {
    const { staffCount, ...unstated } = input.profile;
    const of = (profile: DecisionInput['profile'], ids: readonly string[]) =>
      [...decided(input.readings, ids, profile)].filter(([, { state }]) => state === 'pass');
    const saying = of(unstated, passing).flatMap(([id, { params }]) =>
      params.unstated === 'staffCount' ? [id] : [],
    );
    expect(saying).toEqual(expect.arrayContaining(['CLA-ACC-21', 'CLA-CON-26', 'CLA-OPS-05', 'CLA-SHA-11']));
    // With many more than it lists, none of them passes.
    expect(of({ ...unstated, staffCount: 10 * (staffCount ?? 1) }, saying)).toEqual([]);
  });

  it('a value that could make it fail is not known and it passes still', () => {
    const still = new Set<string>();
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const all = (input.readings[kind] ?? []) as readonly Reading[];
      if (all.length === 0) continue;
      for (const [place, reading] of all.entries())
        for (const at of sample(reading.rows.length))
          for (const [field, value] of Object.entries(reading.rows[at] as unknown as Row)) {
            if (field === 'file' || field === 'row') continue;
            const having = (other: unknown, ids: readonly string[]) => {
              const rows = (reading.rows as readonly unknown[] as readonly Row[]).with(at, {
                ...(reading.rows[at] as unknown as Row),
                [field]: other,
              });
              return decided(
                { ...input.readings, [kind]: all.with(place, { ...reading, rows } as never) },
                ids,
              );
            };
            const open = passingWith(() => having(null, readBy(kind)));
            if (open.length === 0) continue;
            for (const other of others(value, reading.rows as readonly unknown[] as readonly Row[], field))
              for (const [id, { state }] of having(other, open))
                if (state === 'fail') still.add(`${id} ${kind}.${field}`);
          }
    }
    const justified = UNKNOWN_IS_ENOUGH.flatMap(({ of }) => of);
    expect([...still].filter((one) => !justified.includes(one))).toEqual([]);
    // A justification that is no longer needed must be removed.
    expect(justified.filter((one) => !still.has(one))).toEqual([]);
  });
});

/** Passing controls; empty if a row of the kind cannot lack the value. */
function passingWith(decide: () => ReadonlyMap<string, Verdict>): readonly string[] {
  try {
    return [...decide()].flatMap(([id, { state }]) => (state === 'pass' ? [id] : []));
  } catch (error) {
    if (error instanceof TypeError) return [];
    throw error;
  }
}

/** The first and the last row: the account owner, and someone without a role. */
function sample(length: number): readonly number[] {
  return [...new Set([0, length - 1])].filter((at) => at >= 0 && at < length);
}

/** Alternative values of the same type for a field. */
function others(value: unknown, rows: readonly Row[], field: string): readonly unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [0, 1_000_000];
  if (Array.isArray(value)) return [[]];
  if (typeof value !== 'string' && value !== null) return [];
  if (/(?:On|At|^at|^on)$/.test(field)) return ['2026-11-20', '2020-01-01'];
  const seen = rows.map((row) => row[field]).find((one) => typeof one === 'string' && one !== value);
  return [seen ?? 'owner', 'left', 'allow', 'free', 'disabled'].filter((one) => one !== value);
}
