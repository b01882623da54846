import { createContext, useContext, useEffect, useState } from 'react';
import { serverNow } from '../clock.ts';
import {
  clockWords,
  dayWords,
  exactAsOf,
  exactWords,
  inSentence,
  isDay,
  ownZone,
  whenWords,
} from './time.ts';

const Zone = createContext<string | null>(null);

/** Sets the time zone for all times within: the client's own. */
export const ZoneProvider = Zone.Provider;

/** The time zone in which times are shown here. */
export function useZone(): string {
  return useContext(Zone) ?? ownZone();
}

interface WhenProps {
  /** RFC 3339 instant, or a day such as 2026-11-24; null: never. */
  at: string | null;
  /** "observed" for readings, "happened" for events; shown before the time if the column does not say it. */
  word?: 'observed' | 'happened';
  /** Text for null: "Never", "Not set". */
  none?: string;
  /** Within a sentence: "today", not "Today". */
  inline?: boolean;
  /** Overrides the client's time zone. */
  zone?: string;
  /** Always shows date and time to the second, for logs, where times are compared. */
  exact?: boolean;
}

/** A time in relative or short form, with the exact time on hover, on focus and in print. */
export function When({ at, word, none = 'Never', inline, zone, exact: asClock }: WhenProps) {
  const [now, setNow] = useState(serverNow);
  const here = useZone();
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (at === null) return <span className="muted">{none}</span>;
  if (isDay(at)) {
    const words = dayWords(zone ?? here, at, now);
    return (
      <time dateTime={at} title={exactAsOf(zone ?? here, at)}>
        {inline ? inSentence(words) : words}
      </time>
    );
  }
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>{at}</span>;
  const exact = exactWords(zone ?? here, date);
  return (
    <time dateTime={at} title={word === undefined ? exact : `${word} ${exact}`}>
      {word === undefined ? null : `${word} `}
      {asClock
        ? clockWords(zone ?? here, date)
        : inline || word !== undefined
          ? inSentence(whenWords(zone ?? here, date, now))
          : whenWords(zone ?? here, date, now)}
    </time>
  );
}
