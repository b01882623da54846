import type { z } from 'zod';
import type { Control } from '#domain/model/catalogue.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { names } from '#domain/text/words.ts';
import type { FactEvent } from '#store/verdicts/facts.ts';
import type { VerdictStretch } from '#store/verdicts/history.ts';
import { bearsOn, causeOf, eventWords } from './causes.ts';
import type { controlSchema } from './contract.ts';

type Entry = z.infer<typeof controlSchema>['timeline'][number];

interface TimelineInput {
  readonly control: Control;
  /** Newest first. */
  readonly history: readonly VerdictStretch[];
  /** Newest first; only what the person may see. */
  readonly events: readonly FactEvent[];
  readonly nameOf: (by: string | null) => string | null;
  /** Whether imports, attestations and exceptions are the person's to see. */
  readonly shows: (event: FactEvent) => boolean;
}

/** What a control was and what touched it, newest first, each with who and why. */
export function timelineOf({ control, history, events, nameOf, shows }: TimelineInput): Entry[] {
  const verdicts = history.map((stretch, index): Entry => {
    const cause = causeOf(stretch, history[index + 1] ?? null, control, events, nameOf);
    const listed = stretch.verdict.items.map(({ label }) => label);
    return {
      id: stretch.id,
      at: stretch.since.toISOString(),
      kind: 'verdict',
      state: stretch.state,
      title: `${STATE_WORDS[stretch.state]}${listed.length === 0 ? '' : `: ${names(listed, 2)}`}`,
      // The page says the reason of the verdict that stands at its top.
      detail: stretch.until === null ? `${cause.words}.` : `${cause.words}. ${stretch.reason}`,
      by:
        cause.by ??
        (cause.what === 'time' || cause.what === 'catalogue' || cause.what === 'first' ? 'Bylaw' : null),
      sha256: null,
      subject: null,
    };
  });
  const others = events
    .filter((event) => bearsOn(event, control) && shows(event))
    .flatMap((event): Entry[] => {
      // Edits of the client and decisions about people show as the cause of the verdicts that they changed.
      if (event.what === 'profile' || event.what === 'people') return [];
      return [
        {
          id: `${event.id} ${event.act}`,
          at: event.at.toISOString(),
          kind: event.what,
          state: null,
          title: eventWords(event),
          detail: event.detail,
          by: nameOf(event.by),
          sha256: event.sha256,
          subject: event.what === 'import' || event.what === 'document' ? event.importId : event.id,
        },
      ];
    });
  return [...verdicts, ...others].sort(
    (a, b) => b.at.localeCompare(a.at) || Number(b.kind === 'verdict') - Number(a.kind === 'verdict'),
  );
}
