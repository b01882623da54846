import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import classes from './charter.module.css';
import { type Change, DIRECTION_WORDS, type Setting } from './words.ts';

const KINDS: Readonly<Record<Change['is'], { icon: IconName; word: string }>> = {
  added: { icon: 'plus', word: 'Added' },
  removed: { icon: 'minus', word: 'Removed' },
  changed: { icon: 'pencil', word: 'Changed' },
};

/** Changes of a draft or version by part of the charter; within each, changes that widen access come first. */
export function ChangesTable({
  changes,
  heads,
}: {
  changes: readonly Change[];
  heads: readonly [before: string, after: string];
}) {
  return (
    <div className={classes.changes}>
      <PlainTable
        label="Changes"
        rows={changes}
        rowId={({ key }) => key}
        groupOf={({ areaName }) => areaName}
        columns={[
          {
            head: 'Change',
            cell: ({ is }) => (
              <Row as="span" nowrap className="nowrap">
                <Icon name={KINDS[is].icon} size={14} />
                {KINDS[is].word}
              </Row>
            ),
          },
          {
            head: 'What',
            cell: (change) => (
              <>
                <span className="medium line">{spelledOut(change.what)}</span>
                <span className="second">{noteOf(change)}</span>
              </>
            ),
          },
          {
            head: heads[0],
            cell: (change) => <Value change={change} value={change.before} none="Not there" />,
          },
          {
            head: heads[1],
            className: 'medium',
            cell: (change) => <Value change={change} value={change.after} none="Gone" />,
          },
        ]}
      />
    </div>
  );
}

/** "Wider. Deletes." */
function noteOf({ direction, effects }: Change): string {
  const way = DIRECTION_WORDS[direction];
  const effect = (effects ?? []).map((one) => EFFECTS[one]).join(', ');
  return [...(way === null ? [] : [`${way}.`]), ...(effect === '' ? [] : [`What it does: ${effect}.`])].join(
    ' ',
  );
}

const EFFECTS = {
  read: 'reads',
  write: 'writes',
  delete: 'deletes',
  send: 'sends',
  admin: 'administers',
  unknown: 'not classified yet',
} as const;

function Value({ change, value, none }: { change: Change; value: string | null; none: string }) {
  if (value === null) return <span className="muted">{none}</span>;
  if (change.cell === null) return value === '' ? 'There' : value;
  return <PermissionWord word={value} />;
}

const SHAPES: Readonly<Record<string, React.ReactNode>> = {
  'Always allow': <circle cx="8" cy="8" r="5.5" fill="currentColor" />,
  'Needs approval': (
    <>
      <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path fill="currentColor" d="M8 2.8a5.2 5.2 0 0 1 0 10.4Z" />
    </>
  ),
  Blocked: (
    <path fill="none" stroke="currentColor" strokeWidth="1.4" d="M3.2 3.2h9.6v9.6H3.2ZM3.2 3.2l9.6 9.6" />
  ),
};

/** `*` is part of the text. */
function spelledOut(what: string): string {
  return what.replace(/: \*$/, ': all other actions');
}

/** A permission with its symbol. */
export function PermissionWord({ word }: { word: string }) {
  return (
    <span className={classes.permission}>
      {ownValue(SHAPES, word) === undefined ? null : (
        <svg viewBox="0 0 16 16" width={14} height={14} aria-hidden="true">
          {ownValue(SHAPES, word)}
        </svg>
      )}
      {word}
    </span>
  );
}

/** Everything that a charter states, for screen and print. */
export function WholeTable({ settings }: { settings: readonly Setting[] }) {
  return (
    <PlainTable
      label="Whole charter"
      rows={settings}
      rowId={({ key }) => key}
      groupOf={({ areaName }) => areaName}
      columns={[
        { head: 'Setting', cell: ({ what }) => spelledOut(what) },
        {
          head: 'Value',
          className: 'medium',
          cell: ({ value }) => <PermissionWord word={value === '' ? 'There' : value} />,
        },
      ]}
    />
  );
}
