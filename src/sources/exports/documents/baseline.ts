import type { z } from 'zod';
import { type Filled, fill, SAMPLE, type Values } from '#domain/baselines/placeholders.ts';
import { type Baseline, baselineSchema, templateCharterSchema } from '#domain/model/baseline.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { ImportProblem } from '../file-kind.ts';
import { check } from './check.ts';
import type { YamlText } from './yaml.ts';

export interface ReadBaseline {
  readonly baseline: Baseline;
  /** Paths that were omitted because the client has no values for them. */
  readonly leftOut: Filled['leftOut'];
}

/**
 * Parses a baseline as people write it, filled in for a client or, without values, with those of a sample. `yaml` is
 * the result of `parseYaml`. Throws one ImportProblem that names the problem and its place.
 */
export function readBaseline(yaml: YamlText, values: Values = SAMPLE): ReadBaseline {
  const filled = fill(yaml.value, values);
  const [problem] = filled.problems;
  if (problem !== undefined)
    throw new ImportProblem(problem.says, { row: yaml.lines[problem.path.join('.')] ?? null });
  refuseOfOneClient(yaml);
  return {
    baseline: check(withValue(yaml, filled.value), baselineSchema, 'baseline'),
    leftOut: filled.leftOut,
  };
}

const besideCharter = baselineSchema.omit({ charter: true });
export type BesideCharter = z.infer<typeof besideCharter>;

/**
 * Everything in a baseline except the charter, with its placeholders. Only for one that `readBaseline` has accepted.
 */
export function besideCharterIn(yaml: YamlText): BesideCharter {
  const { charter: _, ...rest } = yaml.value as Record<string, unknown>;
  return check(withValue(yaml, rest), besideCharter, 'baseline');
}

/** Reports charter keys that a baseline cannot have, because "not a key" would suggest a typo. */
function refuseOfOneClient({ value, lines }: YamlText): void {
  if (typeof value !== 'object' || value === null || !('charter' in value)) return;
  const { charter } = value;
  if (typeof charter !== 'object' || charter === null) return;
  const key = Object.keys(charter).find(
    (one) => Object.hasOwn(charterSchema.shape, one) && !Object.hasOwn(templateCharterSchema.shape, one),
  );
  if (key !== undefined)
    throw new ImportProblem(
      `\`${key}\` in the charter says what was decided or done at one client, so it cannot be in a baseline for many.`,
      { row: lines[`charter.${key}`] ?? null },
    );
}

/** Keeps the spelling of plain numbers; everything else is as filled in. */
function withValue(yaml: YamlText, value: unknown): YamlText {
  return { ...yaml, value };
}
