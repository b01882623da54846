import { SEVERITY_WORDS } from '../../../src/domain/labels.ts';
import classes from './severity.module.css';

export type SeverityLevel = 'low' | 'medium' | 'high' | 'critical';

const LEVELS: readonly SeverityLevel[] = ['low', 'medium', 'high', 'critical'];
/** The importance of a control: four rising bars, with the word. Not a verdict, so it has no color. */
export function Severity({ level }: { level: SeverityLevel }) {
  const filled = LEVELS.indexOf(level) + 1;
  return (
    <span className={classes.root}>
      <svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true">
        {LEVELS.map((step, at) => (
          <rect
            key={step}
            x={at * 3.6}
            y={9 - at * 3}
            width="2.6"
            height={3 + at * 3}
            rx=".6"
            className={at < filled ? classes.on : classes.off}
          />
        ))}
      </svg>
      {SEVERITY_WORDS[level]}
    </span>
  );
}
