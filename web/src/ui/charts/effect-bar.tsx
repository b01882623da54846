import classes from './charts.module.css';

interface EffectBarProps {
  readonly effects: Readonly<Record<'read' | 'write' | 'admin' | 'unknown', number>>;
  /** Value of the full width, the same in every row. */
  readonly max: number;
}

/** Calls by effect on a common scale. Decorative: the numbers are beside it. */
export function EffectBar({ effects, max }: EffectBarProps) {
  return (
    <div className={classes.effects} aria-hidden="true">
      {(['read', 'write', 'admin', 'unknown'] as const).map((effect) =>
        effects[effect] === 0 ? null : (
          <span
            key={effect}
            data-effect={effect}
            style={{ width: `${(effects[effect] / Math.max(1, max)) * 92}%` }}
          />
        ),
      )}
    </div>
  );
}
