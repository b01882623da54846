import type { MeansEvidence, MeansFinding } from '#domain/incidents/means.ts';
import { dayWords } from '#domain/text/words.ts';
import type { IncidentStepRow } from '#store/incidents/incidents.ts';
import type { Seen } from '../proof.ts';
import { dayIn, MEANS_FIELD } from './view.ts';
import { evidenceWords } from './words.ts';

/** The question of the step that gives the time of the block. */
const AT_FIELD = 'at';

/** Evidence that a block works, and evidence that something got past it. */
const BLOCKS: ReadonlySet<MeansEvidence['code']> = new Set(['stopped', 'refused_by_log', 'probe']);
const PASSES: ReadonlySet<MeansEvidence['code']> = new Set([
  'not_onboarded',
  'passed_by_log',
  'some_refused_by_log',
  'probe_lets_in',
]);

interface Since {
  readonly row: Pick<IncidentStepRow, 'answers' | 'done_at'>;
  readonly noticed: Date;
  readonly now: Date;
  readonly timezone: string;
}

/**
 * Whether a recorded block was observed since. Only what affects personal accounts can show it; whatever means was
 * selected, a later test or log in which the device gets through contradicts it.
 */
export function seenSince(means: readonly MeansFinding[], { row, noticed, now, timezone }: Since): Seen {
  const { [MEANS_FIELD]: chosen, [AT_FIELD]: at } = row.answers;
  const written = at === undefined ? Number.NaN : Date.parse(at);
  // A time in the future would hide everything that gets through until then.
  const stated = written <= now.getTime() ? new Date(written) : row.done_at;
  // A time before anyone noticed would let old observations prove the block.
  const from = new Date(Math.max(noticed.getTime(), (stated ?? noticed).getTime()));
  const since = ({ at: seen }: MeansEvidence) =>
    // A date without a time is known to be later only from the next day on.
    seen.length === 10 ? seen > dayIn(from.toISOString(), timezone) : seen > from.toISOString();
  const words = (one: MeansEvidence) => `${evidenceWords(one)}, on ${dayWords(dayIn(one.at, timezone))}.`;
  const past = means
    .flatMap(({ id, evidence }) => evidence.map((one) => ({ id, one })))
    // That Defender does not manage the device is against an indicator alone.
    .find(
      ({ id, one }) => PASSES.has(one.code) && since(one) && (one.code !== 'not_onboarded' || id === chosen),
    );
  if (past !== undefined) return { is: 'contradicted', words: words(past.one) };
  const finding = means.find(({ id }) => id === chosen);
  if (finding?.reaches === 'own')
    return {
      is: 'unseen',
      words:
        'The chosen tool sees only the organization’s own Claude, so no reading from it can show that a personal account was blocked.',
    };
  const shown = finding?.evidence.find((one) => BLOCKS.has(one.code) && since(one));
  if (shown !== undefined) return { is: 'shown', words: words(shown) };
  return {
    is: 'unseen',
    words: `Nothing that was read since ${dayWords(dayIn(from.toISOString(), timezone))} shows the block at work on the device.`,
  };
}
// Guide: G7.2-10
