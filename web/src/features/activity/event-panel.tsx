import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  CATEGORY_WORDS,
  OUTCOME_WORDS,
  SOURCE_WORDS,
  SURFACE_WORDS,
  wordsIn,
} from '../../../../src/domain/activity/words.ts';
import { api } from '../../api.ts';
import { Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { exactWords } from '../../ui/time.ts';
import { useZone } from '../../ui/when.tsx';
import classes from './activity.module.css';
import { EffectMark } from './effect-mark.tsx';
import { EventText } from './event-text.tsx';
import type { Event } from './filters.ts';

interface EventPanelProps {
  slug: string;
  seq: number;
  onClose: () => void;
}

/** Details of one event: what, who, when it happened and was received, amounts, and the record without content. */
export function EventPanel({ slug, seq, onClose }: EventPanelProps) {
  const load = useQuery(api.activity.get.queryOptions({ input: { client: slug, seq } }));
  const event = load.data;
  return (
    <SidePanel title={event?.title ?? `Event ${seq}`} code={`Event ${seq}`} onClose={onClose}>
      {event === undefined ? (
        <LoadFailed load={load} what="The event could not be loaded." />
      ) : (
        <Contents slug={slug} event={event} />
      )}
    </SidePanel>
  );
}

const NOT_REPORTED = <span className="muted">Not reported</span>;

const AMOUNT_WORDS: readonly (readonly [string, string])[] = [
  ['inputTokens', 'Input tokens'],
  ['outputTokens', 'Output tokens'],
  ['cacheReadTokens', 'Tokens read from cache'],
  ['cacheCreationTokens', 'Tokens written to cache'],
  ['costMicros', 'Cost'],
  ['durationMs', 'Duration'],
  ['size', 'Size, characters or bytes'],
];

function Contents({ slug, event }: { slug: string; event: Event }) {
  const zone = useZone();
  const instant = (at: string) => exactWords(zone, new Date(at));
  const { actor, amounts, detail, claimedAt } = event;
  const stated = AMOUNT_WORDS.filter(([key]) => amounts[key] != null);
  const unstated = AMOUNT_WORDS.filter(([key]) => amounts[key] == null).map(([, title]) => title);
  return (
    <Stack gap="lg">
      {claimedAt === null ? null : (
        <Notice>
          The sender gave {claimedAt} as the time, which cannot be right. The time below is when Bylaw
          received the event.
        </Notice>
      )}
      <Facts
        facts={[
          ['Happened', instant(event.at)],
          ['Observed', `${instant(event.receivedAt)}, reported by ${wordsIn(SOURCE_WORDS, event.source)}`],
          ...event.also.map(
            ({ source, at, seq }) =>
              [
                `Also reported by ${wordsIn(SOURCE_WORDS, source)}`,
                <span key={seq}>
                  {instant(at)}.{' '}
                  <Link from="/c/$client/activity" to="." search={(was) => ({ ...was, panel: seq })}>
                    Open that record
                  </Link>
                  . It is one call and is counted once.
                </span>,
              ] as const,
          ),
          ['Who', event.person === null ? NOT_REPORTED : event.person.name],
          ['Kind', wordsIn(CATEGORY_WORDS, event.category)],
          ['Where', wordsIn(SURFACE_WORDS, event.surface)],
          ['Type', <code key="type">{event.type}</code>],
          ['Connector', event.connector?.name ?? <None />],
          ['Tool', event.tool === null ? <None /> : <code>{event.tool}</code>],
          ['Effect', <EffectMark key="effect" effect={event.effect} />],
          ['Outcome', event.outcome === null ? NOT_REPORTED : wordsIn(OUTCOME_WORDS, event.outcome)],
          ['Model', event.model ?? NOT_REPORTED],
        ]}
      />
      {stated.length === 0 ? (
        <p className="muted">The source reports no amounts: no tokens, cost, duration or size.</p>
      ) : (
        <>
          <Facts facts={stated.map(([key, title]) => [title, amountWords(key, amounts[key] ?? 0)])} />
          {unstated.length === 0 ? null : <p className="muted">Not stated: {unstated.join(', ')}.</p>}
        </>
      )}
      {actor === null ? (
        <p className="muted">
          Your role does not include seeing people, so anything that identifies the person is left out.
        </p>
      ) : (
        <Facts
          facts={[
            ['Actor type', actor.type ?? NOT_REPORTED],
            ['Actor’s address', actor.email ?? NOT_REPORTED],
            ['Actor’s name', actor.name ?? NOT_REPORTED],
            ['Actor’s ID', copied(actor.id, 'the actor’s ID')],
            ['IP address', event.ip ?? NOT_REPORTED],
            ['Client program', event.userAgent ?? NOT_REPORTED],
          ]}
        />
      )}
      <Facts
        facts={[
          ['Claude organization', copied(event.organization, 'the organization’s ID')],
          ['Session', copied(event.session, 'the session’s ID')],
          ['Turn', copied(event.prompt, 'the turn’s ID')],
          ['Event ID', copied(event.id, 'the event’s ID')],
        ]}
      />
      <EventText slug={slug} event={event} />
      {detail === null ? null : (
        <section aria-label="The rest of the record">
          <h3 className="subheading">The rest of the record</h3>
          <p className="muted">In the source’s own field names. It never includes what people wrote.</p>
          {Object.keys(detail).length === 0 ? (
            <p>Nothing else.</p>
          ) : (
            <pre className={classes.raw}>{JSON.stringify(detail, null, 1)}</pre>
          )}
        </section>
      )}
    </Stack>
  );
}

function None() {
  return <span className="muted">None</span>;
}

function copied(value: string | null, name: string): ReactNode {
  return value === null ? NOT_REPORTED : <CopyValue value={value} name={name} />;
}

function amountWords(key: string, value: number): string {
  if (key === 'costMicros') return `$${(value / 1_000_000).toFixed(4)}`;
  if (key === 'durationMs') return `${value.toLocaleString('en-US')} ms`;
  return value.toLocaleString('en-US');
}
