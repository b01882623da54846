import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { DECISION_WORDS } from '../../../../src/domain/reviews/words.ts';
import { count, dayWords, names, shortId } from '../../../../src/domain/text/words.ts';
import { useClientHere } from '../../session.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './deck.module.css';
import type { Item } from './words.ts';

type Signal = Item['signals'][number];
export type Decision = NonNullable<Signal['entries'][number]['decision']>;
/** Keyed by `signal key`. */
export type Decisions = Readonly<Record<string, Decision>>;

const DECISIONS = Object.entries(DECISION_WORDS).map(([value, label]) => ({ value, label }));

/** Lines shown at first. */
const INITIAL_LINES = 5;

interface SignalListProps {
  readonly item: Item;
  readonly last: string | null;
  /** Lines that the note explains, as `signal key`. */
  readonly explained: readonly string[];
  /** null: read-only. */
  readonly onExplain: ((explained: readonly string[]) => void) | null;
  readonly decisions: Decisions;
  /** null: read-only. */
  readonly onDecide: ((decisions: Decisions) => void) | null;
}

/** The readings for an item: what meets its rule, related readings, and what changed since the last review. */
export function SignalList({ item, last, explained, onExplain, decisions, onDecide }: SignalListProps) {
  const also = item.signals.filter(({ escalates, decides }) => !escalates && !decides);
  const decided = item.signals.filter(({ decides }) => decides);
  return (
    <Stack gap="lg">
      <Signals
        label="What decides"
        signals={item.signals.filter(({ escalates }) => escalates)}
        explained={explained}
        onExplain={onExplain}
      />
      {decided.map((one) => (
        <DecideList key={one.signal} of={one} decisions={decisions} onDecide={onDecide} />
      ))}
      {also.length === 0 ? null : (
        <section>
          <h3 className="heading">Also read</h3>
          <Signals label="Also read" signals={also} explained={[]} onExplain={null} />
        </section>
      )}
      {last === null ? null : (
        <section>
          <h3 className="heading">Since the last review, {dayWords(last)}</h3>
          <Changes changes={item.changes} />
        </section>
      )}
    </Stack>
  );
}

interface SignalsProps extends Pick<SignalListProps, 'explained' | 'onExplain'> {
  readonly label: string;
  readonly signals: readonly Signal[];
}

function Signals({ label, signals, explained, onExplain }: SignalsProps) {
  const { slug } = useClientHere();
  return (
    <ul aria-label={label} className={classes.signals}>
      {signals.map((one) => (
        <li key={one.signal}>
          <Row align="baseline">
            {one.state === null ? null : <VerdictMark state={one.state} />}
            {one.signal.startsWith('CLA-') ? (
              <AppLink href={`/c/${slug}/controls/${shortId(one.signal)}`}>{one.title}</AppLink>
            ) : (
              <strong>{one.title}</strong>
            )}
          </Row>
          <p className="wraps">{one.reason}</p>
          {one.readOn === null ? null : <p className="muted">Oldest reading: {dayWords(one.readOn)}</p>}
          <Entries
            of={one}
            explained={explained}
            onExplain={one.escalates && one.state === 'fail' ? onExplain : null}
          />
        </li>
      ))}
    </ul>
  );
}

interface EntriesProps extends Pick<SignalListProps, 'explained' | 'onExplain'> {
  readonly of: Signal;
}

/** The list behind a figure. A line that meets the rule is either explained by the note or escalated with the flag. */
function Entries({ of, explained, onExplain }: EntriesProps) {
  const { signal, entries } = of;
  const { slug } = useClientHere();
  const lines = (some: Signal['entries']) => (
    <Stack as="ul" gap="xs" bullets={onExplain === null}>
      {some.map(({ key, label, detail, mark }) => {
        const id = `${signal} ${key}`;
        const words = `${label}${detail === '' ? '' : `: ${detail}`}`;
        return (
          <li key={key} className={onExplain === null ? 'wraps' : `wraps ${classes.tick}`}>
            {onExplain === null ? (
              `${words}${mark === null ? '' : mark === 'explained' ? ' Explained.' : ' Escalated.'}`
            ) : (
              <Checkbox
                label={`${words}${mark === null ? '' : ` ${mark === 'explained' ? 'Explained.' : 'Escalated.'}`}`}
                checked={explained.includes(id)}
                onChange={({ currentTarget }) =>
                  onExplain(
                    currentTarget.checked ? [...explained, id] : explained.filter((one) => one !== id),
                  )
                }
              />
            )}
            {signal === 'leavers' && key.includes('@') ? (
              <AppLink href={`/c/${slug}/people/leavers?start=${encodeURIComponent(key)}`}>
                Offboarding<span className="hidden-text"> of {label}</span>
              </AppLink>
            ) : null}
          </li>
        );
      })}
    </Stack>
  );
  if (entries.length === 0) return null;
  // Lines that can escalate are shown; related readings are collapsed.
  const first = of.escalates ? entries.slice(0, INITIAL_LINES) : [];
  const rest = entries.slice(first.length);
  return (
    <>
      {lines(first)}
      {rest.length === 0 ? null : (
        <Fold summary={first.length === 0 ? count(rest.length, 'line') : `${rest.length} more`}>
          {lines(rest)}
        </Fold>
      )}
      {onExplain === null ? null : (
        <p className="muted">
          Check what the note explains. “Flag” escalates the rest; “Fine” covers all of them.
        </p>
      )}
    </>
  );
}

/** A list in which each line is kept, removed or questioned. */
function DecideList({
  of,
  decisions,
  onDecide,
}: { of: Signal } & Pick<SignalListProps, 'decisions' | 'onDecide'>) {
  const { signal, title, reason, entries } = of;
  const idOf = (key: string) => `${signal} ${key}`;
  const open = entries.filter(({ key }) => decisions[idOf(key)] === undefined);
  const keepRest = () =>
    onDecide?.({ ...decisions, ...Object.fromEntries(open.map(({ key }) => [idOf(key), 'keep' as const])) });
  return (
    <section>
      <h3 className="heading">{title}</h3>
      <p className="wraps">{reason}</p>
      <ul aria-label={title} className={classes.decided}>
        {entries.map(({ key, label, detail, decision }) => (
          <li key={key}>
            <span>
              <strong>{label}</strong>
              <span className="second">{detail}</span>
            </span>
            {onDecide === null ? (
              <span>{decision === null ? 'Not decided' : DECISION_WORDS[decision]}</span>
            ) : (
              <NativeSelect
                aria-label={`Decision on ${label}`}
                value={decisions[idOf(key)] ?? ''}
                data={[{ value: '', label: 'Decide…', disabled: true }, ...DECISIONS]}
                onChange={({ currentTarget }) =>
                  onDecide({ ...decisions, [idOf(key)]: currentTarget.value as Decision })
                }
              />
            )}
          </li>
        ))}
      </ul>
      {onDecide === null || open.length === 0 ? null : (
        <Button size="xs" onClick={keepRest}>
          Keep {open.length === entries.length ? 'all' : `the other ${open.length}`}
        </Button>
      )}
    </section>
  );
}

function Changes({ changes }: Pick<Item, 'changes'>) {
  if (changes === null) return <p className="muted">The last review did not cover this.</p>;
  if (changes.length === 0) return <p className="muted">Nothing changed.</p>;
  return (
    <ul className={classes.signals}>
      {changes.map(({ signal, title, appeared, gone }) => (
        <li key={signal}>
          {title}:{' '}
          {[
            ...(appeared.length === 0 ? [] : [`${count(appeared.length, 'line')} new (${names(appeared)})`]),
            ...(gone.length === 0 ? [] : [`${gone.length} no longer listed (${names(gone)})`]),
          ].join('; ')}
        </li>
      ))}
    </ul>
  );
}
