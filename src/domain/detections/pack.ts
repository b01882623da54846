import { type Comparison, comparisonOf, HOUR_FIELDS } from './absence.ts';
import { selectedFields } from './asked.ts';
import { type CompiledRule, compileRule } from './compile.ts';
import { type DetectionEvent, reader, textOf } from './fields.ts';
import { foldPlace } from './fold.ts';
import { onlyGrows, reach } from './hot.ts';
import { SigmaError } from './modifiers.ts';
import {
  type Baseline,
  type Correlation,
  type Detection,
  isCorrelation,
  type SigmaRule,
  selectionsOf,
  timespanMs,
} from './sigma.ts';

/** A compiled detection that raises alerts. */
export interface ReadyDetection {
  /** Bylaw's short id, for example CLA-DET-07, which alerts and settings refer to. */
  readonly id: string;
  /** Its file in the catalogue. */
  readonly file: Detection;
  /** Events at most this many milliseconds apart belong to one alert. */
  readonly quiet: number;
  /** null: every matching event raises an alert. */
  readonly correlation: Correlation | null;
  readonly span: number;
  /** How many neighbors on either side must be loaded to evaluate one event; null: all within the timespan. */
  readonly reach: number | null;
  /** Set if the detection evaluates statistics of person-days instead of events. */
  readonly baseline: Baseline | null;
  /** Set if the detection compares two sources by the hour instead of events. */
  readonly comparison: Comparison | null;
}

/** A detection's match of one event. */
export interface Found {
  readonly detection: ReadyDetection;
  /** Group key within the detection: JSON of the group's values. */
  readonly group: string;
  readonly base: number;
  readonly value: string | null;
}

/** A client's own numbers by detection id, replacing those in the files. */
export type Tuned = ReadonlyMap<string, number>;

interface Feed {
  readonly detection: ReadyDetection;
  readonly base: number;
  readonly group: readonly ((event: DetectionEvent) => unknown)[];
  /** Skip events that lack one of the group's values, since their group is unknown. */
  readonly strict: boolean;
  readonly value: ((event: DetectionEvent) => unknown) | null;
}

interface Indexed {
  readonly compiled: CompiledRule;
  readonly feeds: readonly Feed[];
}

/** A client's detections, compiled once and applied to every event. */
export class DetectionPack {
  readonly detections: readonly ReadyDetection[];
  readonly #byType = new Map<string, Indexed[]>();
  readonly #byCategory = new Map<string, Indexed[]>();
  readonly #rest: Indexed[] = [];

  /** @param files Every detection. Those that are not `on` still feed correlations but raise nothing. */
  constructor(
    files: readonly Detection[],
    on: (id: string) => boolean = () => true,
    tuned: Tuned = new Map(),
    histories: Tuned = new Map(),
  ) {
    const detections: ReadyDetection[] = [];
    const feeds = new Map<SigmaRule, Feed[]>();
    const feed = (rule: SigmaRule, one: Feed) => feeds.set(rule, [...(feeds.get(rule) ?? []), one]);
    const bases = basesOf(files);
    for (const file of files) {
      const { bylaw } = file;
      if (!on(bylaw.id)) continue;
      if (isCorrelation(file)) {
        const detection = ready(file, tuned.get(bylaw.id), histories.get(bylaw.id));
        detections.push(detection);
        const { correlation } = file;
        for (const [base, name] of correlation.rules.entries()) {
          const source = bases.get(name);
          if (source === undefined) throw new SigmaError(`${bylaw.id}: ${whyNot(name, files)}`);
          const { field } = correlation.condition ?? {};
          feed(source, {
            detection,
            base,
            group: correlation['group-by'].map((key) => reader(correlation.aliases[key]?.[name] ?? key)),
            strict: true,
            value: field === undefined ? null : reader(field),
          });
        }
      } else if (raises(file, files)) {
        const detection = ready(file, tuned.get(bylaw.id), histories.get(bylaw.id));
        detections.push(detection);
        if (detection.baseline === null && detection.comparison === null)
          feed(file, { detection, base: 0, group: bylaw.group.map(reader), strict: false, value: null });
      }
    }
    this.detections = detections;
    for (const [rule, list] of feeds) this.#index({ compiled: compileRule(rule), feeds: list });
  }

  #index(one: Indexed): void {
    const { types, categories } = one.compiled;
    const put = (map: Map<string, Indexed[]>, keys: ReadonlySet<string>) => {
      for (const key of keys) map.set(key, [...(map.get(key) ?? []), one]);
    };
    if (types !== null) put(this.#byType, types);
    else if (categories !== null) put(this.#byCategory, categories);
    else this.#rest.push(one);
  }

  /** The detections that an event matches; for most events none. */
  find(event: DetectionEvent): Found[] {
    const { type, category } = event.activity;
    const found: Found[] = [];
    const ask = ({ compiled, feeds }: Indexed) => {
      if (!compiled.test(event)) return;
      for (const one of feeds) {
        const values = one.group.map((read) => textOf(read(event)));
        if (one.strict && values.includes(null)) continue;
        const value = one.value === null ? null : textOf(one.value(event));
        found.push({ detection: one.detection, group: JSON.stringify(values), base: one.base, value });
      }
    };
    for (const one of this.#byType.get(type.toLowerCase()) ?? []) ask(one);
    for (const one of this.#byCategory.get(category) ?? []) ask(one);
    for (const one of this.#rest) ask(one);
    return found;
  }

  /** Whether any detection may match an event of this kind; if not, callers can skip the rest. */
  concerns(type: string, category: string): boolean {
    return this.#rest.length > 0 || this.#byType.has(type.toLowerCase()) || this.#byCategory.has(category);
  }
}

function ready(detection: Detection, tuned: number | undefined, history: number | undefined): ReadyDetection {
  const { bylaw } = detection;
  const correlation = isCorrelation(detection) ? tunedCorrelation(detection.correlation, tuned) : null;
  const given = isCorrelation(detection) ? null : (bylaw.baseline ?? null);
  return {
    id: bylaw.id,
    file: detection,
    quiet: timespanMs(bylaw.quiet),
    correlation,
    span: correlation === null ? 0 : timespanMs(correlation.timespan),
    reach: correlation === null ? 0 : reach(correlation),
    baseline: given && { ...given, factor: tuned ?? given.factor, history: history ?? given.history },
    comparison:
      isCorrelation(detection) || bylaw.absence === undefined ? null : comparisonOf(detection, bylaw.absence),
  };
}

function tunedCorrelation(correlation: Correlation, tuned: number | undefined): Correlation {
  if (tuned === undefined) return correlation;
  const { condition } = correlation;
  // Without a condition to count, the timespan is tuned.
  if (condition === undefined) return { ...correlation, timespan: `${tuned}m` };
  return {
    ...correlation,
    condition: { ...condition, ...(condition.gt === undefined ? { gte: tuned } : { gt: tuned }) },
  };
}

/** The tunable number of a detection as in its file; null: it has none. */
export function numberOf(detection: Detection): number | null {
  if (detection.bylaw.tune === undefined) return null;
  if (!isCorrelation(detection)) return detection.bylaw.baseline?.factor ?? null;
  const { condition, timespan } = detection.correlation;
  if (condition === undefined) return timespanMs(timespan) / 60_000;
  return condition.gte ?? condition.gt ?? null;
}

/** The tunable minimum of history days as in the detection's file; null: it has none. */
export function historyOf(detection: Detection): number | null {
  if (isCorrelation(detection) || detection.bylaw.tuneHistory === undefined) return null;
  return detection.bylaw.baseline?.history ?? null;
}

/** Sigma rules that correlations can refer to, by name and by id. */
function basesOf(detections: readonly Detection[]): ReadonlyMap<string, SigmaRule> {
  return new Map(
    detections.flatMap((one) =>
      isCorrelation(one)
        ? []
        : [one.name, one.id].flatMap((key) => (key === undefined ? [] : [[key, one] as const])),
    ),
  );
}

/** Why a correlation cannot use the rule that it names. */
function whyNot(name: string, detections: readonly Detection[]): string {
  const found = detections.find((one) => one.name === name || one.id === name);
  return found === undefined
    ? `the rule ${name} that it puts together does not exist`
    : `${name} is a correlation itself (${found.bylaw.id}), and Bylaw does not put correlations together: name the rules that ${found.bylaw.id} puts together`;
}

/** Errors that make correlations unusable: rules that they name and that no file contains. */
export function danglingRules(detections: readonly Detection[]): readonly { id: string; says: string }[] {
  const bases = basesOf(detections);
  return detections
    .filter(isCorrelation)
    .flatMap(({ bylaw, correlation }) =>
      correlation.rules
        .filter((name) => !bases.has(name))
        .map((name) => ({ id: bylaw.id, says: whyNot(name, detections) })),
    );
}

/** A rule used by correlations raises its own alerts only if one of them has `generate` set. */
function raises(rule: SigmaRule, detections: readonly Detection[]): boolean {
  if (!rule.bylaw.alerts) return false;
  const users = detections
    .filter(isCorrelation)
    .filter(({ correlation }) => correlation.rules.some((name) => name === rule.name || name === rule.id));
  return users.length === 0 || users.some(({ correlation }) => correlation.generate);
}

const YAML_TRUTHS = /^(?:on|off|yes|no|y|n|true|false|null|~)$/i;

/** Checks that a schema cannot express: dangling names and invalid conditions. */
export function lintDetections(
  detections: readonly Detection[],
  say: (id: string, says: string) => void,
): void {
  for (const { id, says } of danglingRules(detections)) say(id, says);
  const seen = new Map<string, string>();
  for (const detection of detections) {
    const { id } = detection.bylaw;
    for (const key of [id, detection.id, detection.name ?? id])
      if (seen.has(key) && seen.get(key) !== id) say(id, `${key} is also the name of ${seen.get(key)}`);
      else seen.set(key, id);
    if (isCorrelation(detection)) {
      if (!onlyGrows(detection.correlation))
        say(id, 'lt, lte, eq and neq cannot alert at once, since a later event may undo them: use gte or gt');
      const { baseline, absence } = detection.bylaw;
      if (baseline !== undefined || absence !== undefined)
        say(id, 'a correlation has no baseline or absence');
    } else {
      for (const name of selectionsOf(detection).keys())
        if (YAML_TRUTHS.test(name))
          say(id, `the selection “${name}” is no word to tools that read YAML 1.1: name it otherwise`);
      try {
        compileRule(detection);
      } catch (error) {
        if (!(error instanceof SigmaError)) throw error;
        say(id, error.message);
      }
    }
    if (detection.bylaw.absence !== undefined && !isCorrelation(detection))
      lintAbsence(detection, (says) => say(id, says));
    if (detection.bylaw.tune !== undefined && numberOf(detection) === null)
      say(id, 'has nothing that could be tuned');
    if (detection.bylaw.tuneHistory !== undefined && historyOf(detection) === null)
      say(id, 'has no history that could be tuned');
    if (foldPlace(detection) === -1)
      say(id, `folds by ${detection.bylaw.fold}, which is no field of its group`);
    if (
      detection.bylaw.playbook[0] !== undefined &&
      detection.bylaw.playbook[0].button === undefined &&
      detection.bylaw.alerts
    )
      say(id, 'has no button for the first step of its playbook');
  }
}

function lintAbsence(rule: SigmaRule, say: (says: string) => void): void {
  const { group } = rule.bylaw;
  if (group[0] !== 'person' || group.some((name) => name !== 'person' && name !== 'connector'))
    say('compares two sources, so its group is the person, or the person and the connector');
  for (const field of selectedFields(rule))
    if (!HOUR_FIELDS.includes(field)) say(`compares counts of hours, which have no ${field}`);
}
