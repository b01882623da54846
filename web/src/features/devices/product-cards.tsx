import { dayWords } from '../../../../src/domain/text/words.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './devices.module.css';
import { BY_WORDS, type Key, type Product, STATE_WORDS, valueText } from './words.ts';

/** Each setting: its value, why, the clause of the charter behind it, and who says what it does. */
export function KeysCard({ product }: { product: Product }) {
  const there = product.keys.filter(({ state }) => state === 'set' || state === 'needs');
  const left = product.keys.filter(({ state }) => state === 'silent' || state === 'not_needed');
  const set = there.filter(({ state }) => state === 'set').length;
  return (
    <Card
      title={`Settings of ${product.title}`}
      aside={`${set} of ${product.keys.length} set`}
      foot={`${product.binds} As of ${dayWords(product.asOf)}.`}
      flush
    >
      {there.length === 0 ? (
        <p className="muted pad">The charter does not require any of them.</p>
      ) : (
        <Rows label={`Settings of ${product.title}`} keys={there} />
      )}
      {left.length === 0 ? null : (
        <details className={classes.others}>
          <summary>{left.length} not set: the charter does not mention them or needs none</summary>
          <Rows label={`Settings of ${product.title} that are not set`} keys={left} />
        </details>
      )}
      {product.others.length === 0 ? null : (
        <details className={classes.others}>
          <summary>{product.others.length} more that no charter requires</summary>
          <ul className={classes.plain}>
            {product.others.map(({ key, label, says }) => (
              <li key={key}>
                <span className="mono">{key}</span> ({label}): {says}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

function Rows({ label, keys }: { label: string; keys: readonly Key[] }) {
  return (
    <Stack as="ul" gap="none" aria-label={label}>
      {keys.map((key) => (
        <KeyRow key={key.key} entry={key} />
      ))}
    </Stack>
  );
}

function KeyRow({ entry }: { entry: Key }) {
  return (
    <li className={classes.key}>
      <div>
        <h3>{entry.label}</h3>
        <p className="mono">{entry.key}</p>
        <p className={classes.value}>
          {entry.value === null ? (
            <span className="muted">{entry.state === 'set' ? '' : STATE_WORDS[entry.state]}</span>
          ) : (
            <code>{valueText(entry.value)}</code>
          )}
        </p>
      </div>
      <div className={classes.reason}>
        <p>
          {entry.clause.words} <span className={classes.path}>{entry.clause.path}</span>
        </p>
        {entry.state === 'set' || entry.state === 'needs' ? <p>{entry.why}</p> : null}
        {entry.question === null ? null : (
          <p>
            <strong>{entry.question}</strong>
          </p>
        )}
        {entry.state === 'silent' && entry.otherwise !== null ? (
          <p className="muted">Without the setting: {entry.otherwise}.</p>
        ) : null}
        {entry.notes.map((note) => (
          <p key={note} className={classes.note}>
            {note}
          </p>
        ))}
        <Sources sources={entry.sources} />
      </div>
    </li>
  );
}

/** What the charter says and no setting on a device makes true. */
export function BeyondCard({ product }: { product: Product }) {
  if (product.beyond.length === 0) return null;
  return (
    <Card title={`What ${product.title} settings cannot do`} flush>
      <Stack as="ul" gap="none" aria-label={`What ${product.title} settings cannot do`}>
        {product.beyond.map((one) => (
          <li key={`${one.clause.path} ${one.says}`} className={classes.key}>
            <div>
              {one.by === 'policy' ? (
                <VerdictMark state="policy_only">{BY_WORDS.policy}</VerdictMark>
              ) : (
                <h3>{BY_WORDS[one.by]}</h3>
              )}
            </div>
            <div className={classes.reason}>
              <p>
                {one.clause.words} <span className={classes.path}>{one.clause.path}</span>
              </p>
              <p>{one.says}</p>
              {one.where === null ? null : <p className="muted">{one.where}</p>}
              <Sources sources={one.sources} />
            </div>
          </li>
        ))}
      </Stack>
    </Card>
  );
}

function Sources({ sources }: { sources: Key['sources'] }) {
  if (sources.length === 0) return null;
  return (
    <p className={classes.sources}>
      {sources.map(({ title, url, read }) => (
        <a key={url} href={url} target="_blank" rel="noreferrer">
          {title}, {dayWords(read)}
        </a>
      ))}
    </p>
  );
}
