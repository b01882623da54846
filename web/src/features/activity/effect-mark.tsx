import { ACTIVITY_EFFECT_WORDS, wordsIn } from '../../../../src/domain/activity/words.ts';
import { Row } from '../../ui/layout.tsx';
import classes from './activity.module.css';

/** Read is gray, write is hatched, each with its word. `null`: the event neither reads nor writes. */
export function EffectMark({ effect }: { effect: string | null }) {
  if (effect === null) return <span className="muted">No effect</span>;
  return (
    <Row as="span" nowrap inline>
      <span className={classes.swatch} data-effect={effect} aria-hidden="true" />
      {wordsIn(ACTIVITY_EFFECT_WORDS, effect)}
    </Row>
  );
}
