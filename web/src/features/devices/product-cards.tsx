import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines, SourceLinks } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './devices.module.css';
import { BY_WORDS, type Key, type Product, STATE_WORDS, valueText } from './words.ts';

/**
 * Each setting: its value, the reason, the clause of the charter behind it, and the source for what it does. Settings
 * that wait for an answer come first; the others are collapsed.
 */
export function KeysCard({ product }: { product: Product }) {
  const waiting = product.keys.filter(({ state }) => state === 'needs');
  const set = product.keys.filter(({ state }) => state === 'set');
  const left = product.keys.filter(({ state }) => state === 'silent' || state === 'not_needed');
  return (
    <Card
      title={`Settings of ${product.title}`}
      aside={`${set.length} of ${product.keys.length} set`}
      foot={`${product.binds} As of ${dayWords(product.asOf)}.`}
      flush
    >
      {waiting.length + set.length === 0 ? (
        <p className="muted pad">The charter does not require any of them.</p>
      ) : null}
      {waiting.length === 0 ? null : (
        <Rows label={`Settings of ${product.title} that wait for an answer`} keys={waiting} />
      )}
      {set.length === 0 ? null : (
        <div className={classes.others}>
          <Fold summary={`${set.length} set: the value of each, and why`}>
            <Rows label={`Settings of ${product.title}`} keys={set} />
          </Fold>
        </div>
      )}
      {left.length === 0 ? null : (
        <div className={classes.others}>
          <Fold summary={`${left.length} not set: the charter does not mention or require them`}>
            <Rows label={`Settings of ${product.title} that are not set`} keys={left} />
          </Fold>
        </div>
      )}
      {product.others.length === 0 ? null : (
        <div className={classes.others}>
          <Fold summary={`${product.others.length} more that the charter never requires`}>
            <Stack as="ul" gap="2xs" bullets className="measure wraps">
              {product.others.map(({ key, label, says }) => (
                <li key={key}>
                  <span className="mono">{key}</span> ({label}): {says}
                </li>
              ))}
            </Stack>
          </Fold>
        </div>
      )}
    </Card>
  );
}

function Rows({ label, keys }: { label: string; keys: readonly Key[] }) {
  return (
    <Lines label={label}>
      {keys.map((key) => (
        <KeyLine key={key.key} entry={key} />
      ))}
    </Lines>
  );
}

function KeyLine({ entry }: { entry: Key }) {
  const { clause, question, state, value } = entry;
  return (
    <Line
      head={
        <>
          <h3>{entry.label}</h3>
          <p>
            {value !== null ? (
              <code className={classes.value}>{valueText(value)}</code>
            ) : state === 'set' ? null : (
              <span className="muted">{STATE_WORDS[state]}</span>
            )}
          </p>
        </>
      }
    >
      <p>{clause.words}</p>
      {question === null ? null : (
        <p>
          <strong>{question}</strong>
        </p>
      )}
      {state === 'silent' && entry.otherwise !== null ? (
        <p className="muted">Without the setting: {entry.otherwise}.</p>
      ) : null}
      {entry.notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      <Fold summary="Why, and by whom">
        {state === 'set' || state === 'needs' ? <p>{entry.why}</p> : null}
        <Facts
          facts={[
            ['Setting', <code key="setting">{entry.key}</code>],
            ['Charter', <code key="charter">{clause.path}</code>],
          ]}
        />
        <SourceLinks sources={entry.sources} />
      </Fold>
    </Line>
  );
}

/** What the charter says that no device setting can enforce. */
export function BeyondCard({ product }: { product: Product }) {
  if (product.beyond.length === 0) return null;
  const title = `What ${product.title} settings cannot do`;
  return (
    <Card title={title} aside={count(product.beyond.length, 'clause')} flush>
      <div className={classes.others}>
        <Fold summary="Where each of them is set instead">
          <Lines label={title}>
            {product.beyond.map((one) => (
              <Line
                key={`${one.clause.path} ${one.says}`}
                head={
                  one.by === 'policy' ? (
                    <VerdictMark state="policy_only">{BY_WORDS.policy}</VerdictMark>
                  ) : (
                    <>
                      <h3>{BY_WORDS[one.by]}</h3>
                      {one.where === null ? null : <p className="muted">{one.where}</p>}
                    </>
                  )
                }
              >
                <p>{one.clause.words}</p>
                <p className="muted">{one.says}</p>
                <SourceLinks sources={one.sources} />
              </Line>
            ))}
          </Lines>
        </Fold>
      </div>
    </Card>
  );
}
