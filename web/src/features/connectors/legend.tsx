import { VerdictMark } from '../../ui/verdict-mark.tsx';
import classes from './matrix.module.css';
import { PermissionMark } from './permission.tsx';
import { STATES } from './words.ts';

/** Meaning of the symbols in the matrix, and its keyboard shortcuts. */
export function MatrixLegend({ editing, compared }: { editing: boolean; compared: boolean }) {
  return (
    <div className={classes.legend}>
      {STATES.map((state) => (
        <PermissionMark key={state} state={state} quiet />
      ))}
      <PermissionMark state="none" quiet />
      {compared ? <VerdictMark state="fail">Wider than the charter</VerdictMark> : null}
      <span>Hatched: it can change something</span>
      <span>Number: actions in the cell</span>
      {editing ? (
        <span className="screen-only">
          <kbd>J</kbd> <kbd>K</kbd> or arrows move, <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> set, <kbd>B</kbd>{' '}
          baseline, <kbd>X</kbd> select, <kbd>Shift</kbd> with arrows a range, <kbd>Ctrl Z</kbd> undo
        </span>
      ) : (
        <span>Research mode in Claude never asks for approval, whatever is set here.</span>
      )}
    </div>
  );
}
