import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SURFACE_WORDS, wordsIn } from '../../../../src/domain/activity/words.ts';
import { Card } from '../../ui/card.tsx';
import { Bars } from '../../ui/charts/bars.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { blindFoot, feet } from './blind-foot.tsx';
import { duplicatesNote } from './duplicates-note.tsx';
import classes from './usage.module.css';
import {
  count,
  dayLabel,
  growthWords,
  known,
  money,
  monthLabel,
  type Sum,
  short,
  statedWords,
  type Usage,
  whole,
} from './words.ts';

const GROUPINGS = {
  day: { label: 'Day', list: 'days', heading: 'Day' },
  week: { label: 'Week', list: 'weeks', heading: 'Week from' },
  month: { label: 'Month', list: 'months', heading: 'Month' },
} as const;

interface CardProps {
  usage: Usage;
  /** Anthropic’s own figures, shown below those of the log. */
  vendor: ReactNode;
}

export function GrowthCard({ usage, by, vendor }: CardProps & { by: keyof typeof GROUPINGS }) {
  const finding = growthWords(usage);
  const gaps = usage[GROUPINGS[by].list].filter(({ messages }) => messages === null).length;
  return (
    <Card
      title="Is use growing?"
      aside={
        <nav aria-label="Messages by" className={classes.ranges}>
          {(['day', 'week', 'month'] as const).map((value) => (
            <Link
              key={value}
              from="/c/$client/usage"
              to="."
              search={(was) => ({ ...was, by: value })}
              aria-current={value === by ? 'true' : undefined}
            >
              {GROUPINGS[value].label}
            </Link>
          ))}
        </nav>
      }
      foot={feet(duplicatesNote(usage, 'message'), blindFoot(usage, 'messages'))}
    >
      <p className={classes.finding}>{finding}</p>
      <Bars
        summary={finding}
        unit="Messages"
        heading={GROUPINGS[by].heading}
        bars={usage[GROUPINGS[by].list].map(({ start, messages, whole: isWhole }) => ({
          key: start,
          label: by === 'month' ? monthLabel(start) : dayLabel(start),
          value: messages,
          part: !isWhole,
        }))}
      />
      {gaps === 0 ? null : (
        <p className="muted">
          Hatched: no source reported messages in that time. That does not mean there were none.
        </p>
      )}
      {vendor}
    </Card>
  );
}

export function VolumeCard({ usage }: { usage: Usage }) {
  const { people } = usage;
  const unusual =
    people.unusual === 0
      ? 'No one left their usual range.'
      : `${count(people.unusual, 'person', 'people')} left their usual range.`;
  const finding =
    people.buckets.length === 0
      ? 'No source reported messages last week, so no one can be compared.'
      : people.median === null
        ? 'According to the sources, no one sent a message last week.'
        : `Half of those who wrote sent ${whole(people.median)} or fewer. ${unusual}`;
  return (
    <Card
      title="Is anyone’s use unusual?"
      aside={`People, by messages sent in the week of ${dayLabel(usage.lastWeek)}`}
      foot={blindFoot(usage, 'people')}
    >
      <p className={classes.finding}>
        {finding}{' '}
        <Link from="/c/$client/usage" to="." search={(was) => ({ ...was, tab: 'people' })}>
          Each person against their own past
        </Link>
      </p>
      {people.buckets.length === 0 ? null : (
        <Bars
          summary={finding}
          unit="People"
          heading="Messages"
          tone="soft"
          bars={people.buckets.map(({ from, to, people: many }) => ({
            key: String(from),
            label: to === null ? `${from}+` : from === to ? String(from) : `${from}–${to}`,
            value: many,
          }))}
        />
      )}
      <p className="muted">
        {people.counted === null
          ? 'No source reports how many people use Claude.'
          : `Of ${count(people.counted, 'person', 'people')} who have ever used Claude, according to the sources.`}
        {people.notCompared === 0
          ? null
          : ` ${count(people.notCompared, 'person has', 'people have')} fewer than four earlier weeks, too few to compare with.`}
        {people.noPerson === 0
          ? null
          : ` ${count(people.noPerson, 'message')} had no person and are not included.`}
      </p>
    </Card>
  );
}

export function ModelsCard({ usage, vendor }: CardProps) {
  return (
    <Card
      title="Which models are used?"
      aside="Whole range"
      flush
      foot={feet(duplicatesNote(usage, 'model_request'), blindFoot(usage, 'models'))}
    >
      {usage.models.length === 0 ? (
        <p className={classes.inset}>No source reported a model in this period.</p>
      ) : (
        <PlainTable
          label="Models"
          figures
          rows={usage.models}
          rowId={(row) => row.model}
          columns={[
            {
              head: 'Model',
              cell: (row) => (
                <>
                  {row.family}
                  {row.family === row.model ? null : <span className="second">{row.model}</span>}
                </>
              ),
            },
            { head: 'Requests', cell: (row) => known(row.requests) },
            { head: 'Tokens in', cell: (row) => <Stated sum={row.inputTokens} words={short} /> },
            { head: 'Tokens out', cell: (row) => <Stated sum={row.outputTokens} words={short} /> },
            { head: 'Cost', cell: (row) => <Stated sum={row.costMicros} words={money} /> },
          ]}
        />
      )}
      {vendor}
    </Card>
  );
}

export function AdoptionCard({ usage, vendor }: CardProps) {
  const { lastWeek, seats, staff, weeks } = usage.adoption;
  const of =
    seats === null
      ? 'The number of seats is not known: there is no current members file.'
      : `${whole(seats)} seats are taken${staff === null ? '' : `, ${whole(staff)} people are staff`}.`;
  const used =
    lastWeek === null
      ? 'No source reported use last week.'
      : `${count(lastWeek, 'person', 'people')} used Claude last week.`;
  const finding = `${used} ${of}`;
  return (
    <Card
      title="Who is using it?"
      aside="People who sent a message, called a tool or used a model"
      foot={blindFoot(usage, 'adoption')}
    >
      <p className={classes.finding}>{finding}</p>
      <Bars
        summary={finding}
        unit="People"
        heading="Week from"
        bars={weeks.map(({ start, people, whole: isWhole }) => ({
          key: start,
          label: dayLabel(start),
          value: people,
          part: !isWhole,
        }))}
      />
      {vendor}
    </Card>
  );
}

export function CostCard({ usage }: { usage: Usage }) {
  const { total, weeks, surfaces } = usage.cost;
  const finding =
    total === null
      ? 'No source reports what each request cost in this period. That is not the same as zero: a spend report contains totals, which are shown under “Imported usage files” and not in these figures.'
      : `${money(total.sum)} in this period, as far as it is reported.`;
  return (
    <Card
      title="What does it cost?"
      aside="US dollars"
      foot={feet(duplicatesNote(usage, 'model_request'), blindFoot(usage, 'cost'))}
    >
      <p className={classes.finding}>{finding}</p>
      {total === null ? null : (
        <>
          <Bars
            summary={finding}
            unit="Cost"
            heading="Week from"
            words={(value) => `$${value.toLocaleString('en-US', { maximumFractionDigits: 2 })}`}
            bars={weeks.map(({ start, cost, whole: isWhole }) => ({
              key: start,
              label: dayLabel(start),
              value: cost === null ? null : cost.sum / 1_000_000,
              part: !isWhole,
            }))}
          />
          <Stack as="ul" gap="xs" above="sm">
            {surfaces
              .filter(({ cost }) => cost !== null)
              .map(({ surface, cost }) => (
                <li key={surface}>
                  {wordsIn(SURFACE_WORDS, surface)}: {cost === null ? null : money(cost.sum)}
                </li>
              ))}
          </Stack>
        </>
      )}
    </Card>
  );
}

function Stated({ sum, words }: { sum: Sum; words: (value: number) => string }) {
  if (sum === null) return <span className="muted">Not stated</span>;
  const part = statedWords(sum);
  return (
    <span>
      {words(sum.sum)}
      {part === '' ? null : <span className="second">{part}</span>}
    </span>
  );
}
