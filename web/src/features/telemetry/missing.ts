import { count, names } from '../../../../src/domain/text/words.ts';
import type { VerdictState } from '../../theme/tokens.ts';
import { events, type Telemetry } from './words.ts';

/** Something missing from telemetry, and how to fix it. */
export interface Missing {
  readonly id: string;
  readonly mark: VerdictState;
  readonly words: string;
  /** `settings`: what to enter where; null: nothing on this page fixes it. */
  readonly mend: 'token' | 'settings' | 'charter' | null;
}

/** Titles within a sentence. */
const inWords = (some: readonly { emitter: string; title: string }[]) =>
  names(
    some.map(({ emitter, title }) =>
      emitter === 'other' || emitter === 'gateway' ? title.charAt(0).toLowerCase() + title.slice(1) : title,
    ),
  );

/** In the order of fixing: nothing arrives without a token, and settings are useless before it exists. */
export function missingOf(data: Telemetry): readonly Missing[] {
  const { tokens, emitters, absent, refusals, organizations, endpoint } = data;
  const missing: Missing[] = [];
  if (tokens === 0)
    missing.push({
      id: 'token',
      mark: 'fail',
      words:
        emitters.length === 0
          ? 'Nothing can come in yet: there is no token.'
          : 'Nothing can come in: no token is valid any longer.',
      mend: 'token',
    });
  missing.push(
    ...endpoint.warnings.map((words) => ({ id: words, mark: 'pending' as const, words, mend: null })),
  );
  const stopped = emitters.filter((one) => one.stopped);
  if (stopped.length > 0)
    missing.push({
      id: 'stopped',
      mark: 'fail',
      words: `Nothing has come from ${inWords(stopped)} for seven days.`,
      mend: tokens === 0 ? null : 'settings',
    });
  const never = absent.filter(({ emitter, offered }) => offered === 'yes' && emitter !== 'gateway');
  if (never.length > 0)
    missing.push({
      id: 'absent',
      mark: 'cannot_read',
      words: `${inWords(never)} ${never.length === 1 ? 'has' : 'have'} never sent anything, so what people do there is not seen.`,
      mend: tokens === 0 ? null : 'settings',
    });
  const lost = refusals.filter(({ kind }) => kind === 'refused');
  if (lost.length > 0) {
    const records = lost.reduce((sum, one) => sum + one.records, 0);
    missing.push({
      id: 'refused',
      mark: 'fail',
      words: `${count(records, 'record or request was', 'records or requests were')} refused in the last seven days. The reasons are below.`,
      mend: null,
    });
  }
  if (organizations.own === null && organizations.read.length === 0)
    missing.push({
      id: 'organization',
      mark: 'cannot_read',
      words:
        'The ID of the Claude organization is not known, so events of another organization cannot be told apart.',
      mend: 'charter',
    });
  const nobody = emitters.reduce((sum, { noPerson }) => sum + noPerson, 0);
  if (nobody > 0)
    missing.push({
      id: 'nobody',
      mark: 'cannot_read',
      words: `${events(nobody)} of the last 24 hours ${nobody === 1 ? 'names' : 'name'} no person: sent with an API key, or by a component that does not say who.`,
      mend: null,
    });
  return missing;
}

/** What arrives, since when and from how many people, in a sentence. */
export function leadWords({ emitters, people }: Telemetry, since: (at: string) => string): string {
  const arriving = emitters.filter((one) => !one.stopped);
  const [first] = emitters.map(({ firstReceivedAt }) => firstReceivedAt).sort();
  if (first === undefined)
    return 'Usage data sent by Cowork, Claude Code, Claude in Office and gateways. Nothing has come in yet.';
  if (arriving.length === 0) return `Telemetry has stopped. It first arrived on ${since(first)}.`;
  const sent = emitters.reduce((sum, { total }) => sum + total, 0);
  return `Telemetry has been coming in since ${since(first)}, now from ${inWords(arriving)}: ${events(sent)} in the last 24 hours, and ${count(people, 'person', 'people')} named in the last 30 days.`;
}
