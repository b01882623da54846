import { Link } from '@tanstack/react-router';
import { count } from '../../../../src/domain/text/words.ts';
import { useClientHere } from '../../session.tsx';
import type { VerdictState } from '../../theme/tokens.ts';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './imports.module.css';
import { type Effect, effectsOf, effectWords, type Preview, type VerdictChange } from './words.ts';

/** Number of verdicts per effect listed before the rest is expanded. */
const INITIAL_VERDICTS = 6;

/** Effect of the files on verdicts, which is the purpose of an import: counts first, then each verdict by name. */
export function VerdictChanges({ preview, stored }: { preview: Preview; stored: boolean }) {
  const { changes, total } = preview.verdicts;
  const effects = effectsOf(changes);
  return (
    <Card
      title={stored ? 'Verdicts that changed' : 'Verdicts that will change'}
      aside={`${changes.length} of ${total}`}
      flush
      foot={
        stored
          ? 'The whole import was stored in one step.'
          : 'Nothing is stored yet. Either all files are stored or none are; importing them twice changes nothing.'
      }
    >
      {effects.length === 0 ? <p className="pad">No verdict changes.</p> : null}
      {effects.map((one) => (
        <EffectList key={one.effect} {...one} stored={stored} />
      ))}
    </Card>
  );
}

function EffectList({
  effect,
  changes,
  stored,
}: {
  effect: Effect;
  changes: readonly VerdictChange[];
  stored: boolean;
}) {
  const rest = changes.slice(INITIAL_VERDICTS);
  return (
    <section className={classes.effect} aria-label={effectWords(effect, changes, stored)}>
      <h3>{effectWords(effect, changes, stored)}</h3>
      <ul className={classes.verdicts}>
        {changes.slice(0, INITIAL_VERDICTS).map((change) => (
          <Change key={change.control} change={change} />
        ))}
      </ul>
      {rest.length === 0 ? null : (
        <div className={classes.fold}>
          <Fold summary={count(rest.length, 'more control')}>
            <ul className={classes.verdicts}>
              {rest.map((change) => (
                <Change key={change.control} change={change} />
              ))}
            </ul>
          </Fold>
        </div>
      )}
    </section>
  );
}

function Change({ change }: { change: VerdictChange }) {
  const { slug } = useClientHere();
  return (
    <li>
      <span className={classes.verdictTitle}>
        <Link
          to="/c/$client/controls/$control"
          params={{ client: slug, control: change.control.replace('CLA-', '') }}
        >
          {change.title}
        </Link>
        <code>{change.control.replace('CLA-', '')}</code>
      </span>
      <Row as="span">
        <StateBefore state={change.before.state} />
        <Icon name="arrow-right" size={12} />
        <span className="hidden-text">becomes</span>
        <VerdictMark state={change.after.state} />
        <span className="muted">{itemsOf(change)}</span>
      </Row>
    </li>
  );
}

function StateBefore({ state }: { state: VerdictState | null }) {
  return state === null ? <span className="muted">Not decided</span> : <VerdictMark state={state} />;
}

function itemsOf({ before, after }: VerdictChange): string {
  if (before.items === 0 && after.items === 0) return '';
  return before.items === after.items
    ? count(after.items, 'item')
    : `${before.items} → ${count(after.items, 'item')}`;
}
