import { Button } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Columns, Stack } from '../../ui/layout.tsx';
import { Fold, SourceLinks } from '../../ui/lines.tsx';
import classes from './planner.module.css';
import type { Compared, Shown } from './words.ts';

/** Differences shown until all are requested. */
const FIRST = 3;

/** Where the guide's advice on what to buy differs from the vendor's documents. */
export function Differences({ differences }: { differences: Shown['differences'] }) {
  const [all, setAll] = useState(false);
  const matter = differences.filter((one) => one.matters);
  const shown = all ? differences : matter.slice(0, FIRST);
  const more = differences.length - shown.length;
  return (
    <Card title="Guide and vendor differ" aside="This page follows the vendor">
      {differences.length === 0 ? (
        <p>For this client’s plan and license, the guide and the vendors agree.</p>
      ) : (
        <Stack as="ul">
          {shown.map((one) => (
            <li key={one.capability}>
              <strong>{one.title}.</strong> The guide ({one.guide.asOf}) says {one.guide.has}; the vendor (
              {dayWords(one.vendor.asOf)}) says {one.vendor.has}. {one.effect}
              <Fold summary="What each says">
                <p>
                  <span className="muted">The guide:</span> {one.guide.says}
                </p>
                <p>
                  <span className="muted">The vendor:</span> {one.vendor.says}
                </p>
                <SourceLinks sources={one.vendor.sources} />
              </Fold>
            </li>
          ))}
        </Stack>
      )}
      {more > 0 ? (
        <Button size="xs" mt="sm" onClick={() => setAll(true)}>
          Show {more} more
        </Button>
      ) : null}
    </Card>
  );
}

/** Ways to use Claude that are not compared as purchases, each with what it takes away. */
export function Tracks({ tracks }: { tracks: Shown['tracks'] }) {
  return tracks.map((track) => (
    <Card key={track.capability} title={track.title} aside="Not part of the comparison">
      <p className="measure">{track.says}</p>
      <Fold summary="What no longer covers it, and what governs it instead">
        <Columns min="20rem" gap="lg">
          <div>
            <h3 className="subheading">What no longer covers it</h3>
            <Stack as="ul" gap="2xs" bullets>
              {track.removes.map(({ capability, title }) => (
                <li key={capability}>{title}</li>
              ))}
            </Stack>
          </div>
          <div>
            <h3 className="subheading">What governs it instead</h3>
            <Stack as="ul" gap="2xs" bullets>
              {track.instead.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </Stack>
          </div>
        </Columns>
      </Fold>
      <Fold summary="What the vendor says">
        <p>
          <span className="muted">As of {dayWords(track.vendor.asOf)}:</span> {track.vendor.says}
        </p>
        <SourceLinks sources={track.vendor.sources} />
      </Fold>
    </Card>
  ));
}

interface PricesProps {
  readonly found: Compared;
  /** Enters a quote; null: the viewer may not. */
  readonly onQuote: ((purchase: string) => void) | null;
}

/** Each price in the comparison once, with its source and date, and the items without a price. */
export function Prices({ found, onQuote }: PricesProps) {
  const columns = [found.today, ...found.columns];
  const lines = columns.flatMap(({ cost }) => [...cost.lines, ...cost.replaced]);
  const priced = [...new Map(lines.map((line) => [line.purchase, line])).values()];
  const none = [
    ...new Map(columns.flatMap(({ cost }) => cost.unpriced).map((one) => [one.id, one])).values(),
  ];
  const use = columns.some(({ cost }) => cost.useOnTop);
  const button = (id: string, name: string, words: string) =>
    onQuote === null ? null : (
      <Button size="xs" onClick={() => onQuote(id)} aria-label={`${words} for ${name}`}>
        {words}…
      </Button>
    );
  return (
    <Card title="Where the prices come from" aside="US dollars, before tax">
      <ul className={classes.prices}>
        {priced.map(({ purchase, name, usdEach, per, from }) => (
          <li key={purchase}>
            <span>
              <strong>{name}</strong>: ${usdEach} per {per === 'client' ? 'month' : `${per} per month`}
              <span className="second">
                {from.url?.startsWith('http') ? (
                  <a href={from.url} target="_blank" rel="noreferrer">
                    {from.words}
                  </a>
                ) : (
                  from.words
                )}
              </span>
            </span>
            {button(purchase, name, from.kind === 'quote' ? 'Change the quote' : 'Enter a quote')}
          </li>
        ))}
        {none.map(({ id, name }) => (
          <li key={id}>
            <span>
              <strong>{name}</strong>: no price is known
              <span className="second">It is not included in any complete total.</span>
            </span>
            {button(id, name, 'Enter a quote')}
          </li>
        ))}
        {priced.length + none.length === 0 ? <li>No prices are known here.</li> : null}
      </ul>
      {use ? (
        <p className="second">Claude Enterprise usage is billed in addition to seats and is not estimated.</p>
      ) : null}
    </Card>
  );
}
