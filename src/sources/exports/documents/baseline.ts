import type { z } from 'zod';
import { type Filled, fill, SAMPLE, type Values } from '#domain/baselines/placeholders.ts';
import { type Baseline, baselineSchema, templateCharterSchema } from '#domain/model/baseline.ts';
import { charterSchema } from '#domain/model/charter.ts';
import { ImportProblem } from '../file-kind.ts';
import { check } from './check.ts';
import type { YamlText } from './yaml.ts';

export interface ReadBaseline {
  readonly baseline: Baseline;
  /** Places that were left out since the client has nothing to fill them with. */
  readonly leftOut: Filled['leftOut'];
}

/**
 * Reads a baseline as people write it, filled for one client or, without values, with a sample's. `yaml` is its text
 * taken apart by `parseYaml`. Throws one ImportProblem that names what is wrong and where.
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

/** What a baseline says beside its charter as it is written, with its placeholders. For one that `readBaseline` has read. */
export function besideCharterIn(yaml: YamlText): BesideCharter {
  const { charter: _, ...rest } = yaml.value as Record<string, unknown>;
  return check(withValue(yaml, rest), besideCharter, 'baseline');
}

/** Keys that a charter has and a baseline cannot: "not a key" would send a person looking for a slip of the pen. */
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

/** What was written as a number stays spelt as it was; the rest is as filled. */
function withValue(yaml: YamlText, value: unknown): YamlText {
  return { ...yaml, value };
}
