import { createHash } from 'node:crypto';
import {
  type BaselineDifference,
  type Compared,
  differencesBetween,
  overlayTemplate,
} from '#domain/baselines/overlay.ts';
import type { Values } from '#domain/baselines/placeholders.ts';
import type { Baseline } from '#domain/model/baseline.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { type Charter, charterSchema } from '#domain/model/charter.ts';
import { profileSchema } from '#domain/model/profile.ts';
import { readBaseline } from '#sources/exports/documents/baseline.ts';
import type { YamlText } from '#sources/exports/documents/yaml.ts';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import type { KeptDifferenceRow } from '#store/baselines/followers.ts';
import { present } from '../shared/moment.ts';
import { aTurn } from '../shared/turn.ts';

/** A client to be compared with a baseline. */
export interface ComparedClient {
  readonly name: string;
  readonly profile: unknown;
  /** Address that fills `{owner}`; null for the charter's account owner, if it names one. */
  readonly owner: string | null;
  /** Charter in force; null if there is none. */
  readonly charter: { readonly version: number; readonly value: unknown } | null;
}

export interface Comparison {
  /** The baseline filled for the client; null if that is not possible, and `problem` says why. */
  readonly baseline: Baseline | null;
  readonly values: Values;
  readonly leftOut: readonly string[];
  readonly charter: Charter | null;
  /** null if there is nothing to compare. */
  readonly differences: readonly BaselineDifference[] | null;
  readonly problem: string | null;
  readonly today: string;
}

/** Fills a baseline for a client and compares it with the charter in force. Yields between the steps, which take long. */
export async function compareClient(
  yaml: YamlText,
  client: ComparedClient,
  catalogue: Catalogue,
  now: Date,
): Promise<Comparison> {
  const { domains, timezone } = profileSchema
    .pick({ domains: true, timezone: true })
    .loose()
    .parse(client.profile);
  const charter = client.charter === null ? null : charterSchema.parse(client.charter.value);
  const values: Values = {
    name: client.name,
    domains,
    owner: client.owner ?? charter?.accountOwner ?? null,
  };
  const { today } = present(now, timezone);
  const known = { values, charter, today };
  try {
    const { baseline, leftOut } = readBaseline(yaml, values);
    const differences =
      charter === null ? null : await differencesOf(baseline, charter, { catalogue, today });
    return {
      ...known,
      baseline,
      leftOut: leftOut.map(({ path, placeholder }) => `${path} ({${placeholder}})`),
      differences,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    return { ...known, baseline: null, leftOut: [], differences: null, problem: problemWords(error) };
  }
}

async function differencesOf(baseline: Baseline, charter: Charter, compared: Compared) {
  await aTurn();
  const overlaid = overlayTemplate(baseline.charter, charter, 'all');
  await aTurn();
  return differencesBetween(charter, overlaid, compared);
}

/** The sentence of a problem with the line that it is about. */
export function problemWords({ message, row }: Pick<ImportProblem, 'message' | 'row'>): string {
  return row === null || /^Line \d+:/.test(message) ? message : `Line ${row}: ${message}`;
}

/** Digest of both values of a difference; a decision holds for exactly these. */
export function digestOf({ client, template }: Pick<BaselineDifference, 'client' | 'template'>): string {
  return createHash('sha256')
    .update(JSON.stringify([client, template]))
    .digest('hex');
}

/** The decision that keeps a difference with its current values; null if it is open. */
export function keptAs(
  difference: BaselineDifference,
  kept: readonly KeptDifferenceRow[],
): KeptDifferenceRow | null {
  return (
    kept.find(({ id, value_digest }) => id === difference.key && value_digest === digestOf(difference)) ??
    null
  );
}
