import classes from './diff.module.css';
import { Icon, type IconName } from './icon.tsx';

export interface Change {
  /** What changed: "Role", "Wren Castellane". */
  readonly name: string;
  /** Null: did not exist. */
  readonly before: React.ReactNode | null;
  /** Null: was removed. */
  readonly after: React.ReactNode | null;
  readonly same?: boolean;
}

type Kind = 'added' | 'removed' | 'changed' | 'unchanged';

const KIND_APPEARANCE: Record<Kind, { icon: IconName; word: string }> = {
  added: { icon: 'plus', word: 'Added' },
  removed: { icon: 'minus', word: 'Removed' },
  changed: { icon: 'pencil', word: 'Changed' },
  unchanged: { icon: 'equals', word: 'Unchanged' },
};

function kindOf(change: Change): Kind {
  if (change.same === true) return 'unchanged';
  if (change.before === null) return 'added';
  return change.after === null ? 'removed' : 'changed';
}

interface DiffProps {
  label: string;
  changes: readonly Change[];
  /** Headings of the two columns; default "Before" and "After". */
  heads?: readonly [before: string, after: string];
}

/** Before and after, a row per thing, with an icon for the kind of change. */
export function Diff({ label, changes, heads = ['Before', 'After'] }: DiffProps) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden-text">What changed</span>
          </th>
          <th scope="col">{heads[0]}</th>
          <th scope="col">{heads[1]}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const kind = kindOf(change);
          return (
            <tr key={change.name} data-kind={kind}>
              <th scope="row">
                <Icon name={KIND_APPEARANCE[kind].icon} size={14} />
                <span className="hidden-text">{KIND_APPEARANCE[kind].word}: </span>
                {change.name}
              </th>
              <td>{change.before ?? <span className="muted">Nothing</span>}</td>
              <td>{change.after ?? <span className="muted">Nothing</span>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
