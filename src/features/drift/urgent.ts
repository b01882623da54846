import { momentWords } from '#domain/text/moments.ts';
import type { HandlerContext } from '../context.ts';

import { loadDrift, readDrift } from './load.ts';
import { decidedAt } from './state.ts';

/** Urgent drift that no one has accepted. */
export interface UrgentDrift {
  readonly key: string;
  readonly label: string;
  readonly words: string;
  /** Who did it and when, if a log says so. */
  readonly who: string | null;
  readonly restoring: boolean;
  /** Controls that list it. */
  readonly controls: readonly string[];
}

/** Urgent drift that is neither accepted nor waiting for a second person. */
export async function urgentDrift(context: HandlerContext): Promise<UrgentDrift[]> {
  const reading = await readDrift(context);
  if (!reading.deviations.some(({ urgency }) => urgency === 'urgent')) return [];
  const loaded = await loadDrift(context);
  return loaded.reading.deviations.flatMap((one): UrgentDrift[] => {
    if (one.urgency !== 'urgent') return [];
    const { state } = decidedAt(one, loaded.open.get(one.key), loaded.around);
    if (state === 'accepted' || state === 'waiting' || state === 'changing') return [];
    const { cause } = one;
    return [
      {
        key: one.key,
        label: one.label,
        words: one.words,
        who: cause.known
          ? `Set by ${cause.who ?? 'someone the event does not name'} on ${momentWords(cause.at, context.client.timezone)}`
          : null,
        restoring: state === 'restoring',
        controls: one.listed.map(({ control }) => control),
      },
    ];
  });
}
// Guide: G2.2-26
