import { holidayWords } from '../text/holidays.ts';
import { timeWords } from '../text/moments.ts';
import { count as countWords, dayWords, names, sentence } from '../text/words.ts';
import type { Outlier } from './baseline.ts';
import { type DetectionEvent, reader, textOf } from './fields.ts';
import type { Detection } from './sigma.ts';

/** Values of the first event that a rule's sentence names. */
export type Sample = Readonly<Record<string, string | null>>;

/** A field, or alternatives of which the first that the event has is used: `{target_id|principal_id}`. */
const PLACE = /\{([a-z_.|]+)\}/g;
/** Placeholders for numbers of the alert itself. */
const NUMBERS = new Set([
  'count',
  'times',
  'within',
  'values',
  'limit',
  'usual',
  'people',
  'days',
  'against',
  'hours',
  'day',
  'who',
]);

/** The fields of the first event that a rule shows: those in its sentence and those that it lists. */
export function fieldsShown({ bylaw, fields }: Detection): readonly string[] {
  const names = [...bylaw.message.matchAll(PLACE)]
    .flatMap(([, name = '']) => name.split('|'))
    .filter((name) => !NUMBERS.has(name));
  return [...new Set([...names, ...fields])];
}

/** The values that a rule's sentence takes from an event. */
export function sampleOf(detection: Detection, event: DetectionEvent): Sample {
  const asked = new Set([...fieldsShown(detection), ...WHO]);
  return Object.fromEntries([...asked].map((name) => [name, textOf(reader(name)(event))]));
}

/** Fields that name the actor, in order of preference. */
const WHO = ['actor.name', 'actor.email', 'person', 'actor.id', 'actor.type', 'ip'];

/** Numbers available to the sentence. */
export interface AlertNumbers {
  readonly count: number;
  readonly first: number;
  readonly last: number;
  /** Number of distinct values of the counted field; null: none is counted. */
  readonly values: number | null;
  readonly outlier: Outlier | null;
}

/** The sentence that explains an alert. A field that no source stated is called unknown. */
export function alertWords(message: string, sample: Sample, numbers: AlertNumbers): string {
  const { outlier } = numbers;
  const value = (name: string): string => {
    switch (name) {
      case 'who':
        return whoOf(sample);
      case 'count':
        return (outlier?.count ?? numbers.count).toLocaleString('en');
      case 'times':
        return numbers.count === 1
          ? 'once'
          : numbers.count === 2
            ? 'twice'
            : `${numbers.count.toLocaleString('en')} times`;
      case 'within':
        return spanWords(numbers.last - numbers.first);
      case 'values':
        return String(numbers.values ?? 'several');
      case 'limit':
        return String(outlier?.limit ?? '');
      case 'usual':
        return String(outlier?.usual ?? '');
      case 'people':
        return countWords(outlier?.people ?? 0, 'person', 'people');
      case 'days':
        return countWords(outlier?.days ?? 0, 'day');
      case 'day':
        return outlier === null ? '' : dayOf(outlier);
      case 'against':
        return againstWords(outlier);
      case 'hours':
        return hourWords(outlier?.hours ?? []);
      default:
        return (
          name
            .split('|')
            .map((one) => sample[one])
            .find((one) => one !== null && one !== undefined) ?? 'something that the source does not name'
        );
    }
  };
  const text = message.replace(PLACE, (_all, name: string) => value(name));
  // An address or id at the start keeps its case.
  const given = Object.values(sample).some((one) => one && text.startsWith(one));
  return given ? text : sentence(text);
}

/** Names the actor of an alert; a machine is described by what is known of it. */
export function whoOf(sample: Sample): string {
  const found = WHO.slice(0, 4)
    .map((name) => sample[name])
    .find((one) => one !== null && one !== undefined);
  if (found !== undefined && found !== null) return found;
  const type = sample['actor.type'];
  if (type === 'anthropic_actor') return 'Anthropic';
  if (type === 'scim_directory_sync_actor') return 'the directory sync';
  if (type === 'system_actor') return 'Claude itself';
  const ip = sample.ip;
  return ip === null || ip === undefined ? 'someone whom the source does not name' : `someone at ${ip}`;
}

function dayOf({ day, holiday }: Outlier): string {
  return holiday === true ? `${dayWords(day)} (${holidayWords(day)})` : dayWords(day);
}

function againstWords(outlier: Outlier | null): string {
  if (outlier === null) return '';
  if (outlier.against === 'own')
    return `usual for them is ${outlier.usual} on such a day, from ${countWords(outlier.days, 'day')}`;
  return `usual for ${countWords(outlier.people, 'colleague')} is ${outlier.usual}, and the account is too new to have a usual number of its own`;
}

function hourWords(hours: readonly number[]): string {
  const clock = (hour: number) => timeWords(`${hour}:00`);
  const spans: [number, number][] = [];
  for (const hour of hours) {
    const open = spans.at(-1);
    if (open !== undefined && open[1] === hour) open[1] = hour + 1;
    else spans.push([hour, hour + 1]);
  }
  return names(
    spans.map(([from, to]) => `${clock(from)} to ${clock(to)}`),
    24,
  );
}

function spanWords(ms: number): string {
  if (ms < 60_000) return countWords(Math.max(1, Math.round(ms / 1_000)), 'second');
  if (ms < 2 * 3_600_000) return countWords(Math.round(ms / 60_000), 'minute');
  if (ms < 48 * 3_600_000) return countWords(Math.round(ms / 3_600_000), 'hour');
  return countWords(Math.round(ms / 86_400_000), 'day');
}
