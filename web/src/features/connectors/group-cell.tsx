import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { VerdictShape } from '../../ui/verdict-mark.tsx';
import type { Group } from './lines.ts';
import classes from './matrix.module.css';
import { PermissionShape } from './permission.tsx';
import { STATES } from './words.ts';

interface GroupCellProps {
  readonly group: Group;
  /** The connector is enabled in Claude although the charter does not approve it. */
  readonly stray: boolean;
  /** The connector's actions are not listed, so this cell says nothing about them. */
  readonly unlisted: boolean;
}

/** Summary of the actions with one effect: departures from the charter first, by symbol, word and color. */
export function GroupCell({ group, stray, unlisted }: GroupCellProps) {
  if (group.total === 0 && unlisted) return <span className="muted">Not listed</span>;
  if (group.total === 0)
    return (
      <span className="muted">
        <span aria-hidden="true">–</span>
        <span className="hidden-text">No such action</span>
      </span>
    );
  return (
    <span className={classes.states}>
      {group.wider.map(({ observed, charter, actions }) => (
        <span key={`${observed} ${charter}`} className={classes.state} data-state="wider">
          <VerdictShape state="fail" size={14} />
          <span>
            <span className="hidden-text">Observed: </span>
            {PERMISSION_WORDS[observed]}
            <span className={classes.approved}>
              Charter: {charter === null ? 'Not decided' : PERMISSION_WORDS[charter]}
            </span>
          </span>
          <span className={classes.number}>{actions}</span>
        </span>
      ))}
      {STATES.filter((state) => group.counts[state] > 0).map((state) => (
        <span key={state} className={classes.state} data-state={state}>
          <PermissionShape state={state} />
          {PERMISSION_WORDS[state]} <span className={classes.number}>{group.counts[state]}</span>
        </span>
      ))}
      {group.undecided === 0 ? null : (
        <span className={classes.state} data-state={stray ? 'wider' : 'undecided'}>
          {stray ? <VerdictShape state="fail" size={14} /> : null}
          Not decided <span className={classes.number}>{group.undecided}</span>
        </span>
      )}
      {group.decided === 0 ? null : (
        <span className={classes.note}>
          <VerdictShape state="pending" size={14} /> {group.decided} decided
        </span>
      )}
      {group.accepted === 0 ? null : (
        <span className={classes.note}>
          <VerdictShape state="accepted" size={14} /> {group.accepted} accepted
        </span>
      )}
      {group.looser > 0 ? <span className={classes.note}>{group.looser} looser</span> : null}
      {group.unclassified > 0 ? (
        <span className={classes.note}>{group.unclassified} not classified</span>
      ) : null}
    </span>
  );
}
