import { Fragment } from 'react';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import classes from './charter.module.css';
import { type Change, DIRECTION_WORDS, type Setting } from './words.ts';

const KINDS: Readonly<Record<Change['is'], { icon: IconName; word: string }>> = {
  added: { icon: 'plus', word: 'Added' },
  removed: { icon: 'minus', word: 'Removed' },
  changed: { icon: 'pencil', word: 'Changed' },
};

/** What a draft or version changes, by part of the charter; widening first within each. */
export function ChangesTable({
  changes,
  heads,
}: {
  changes: readonly Change[];
  heads: readonly [before: string, after: string];
}) {
  const areas = [...new Set(changes.map(({ areaName }) => areaName))];
  return (
    <table className={classes.changes} aria-label="Changes">
      <thead>
        <tr>
          <th scope="col">Change</th>
          <th scope="col">What</th>
          <th scope="col">{heads[0]}</th>
          <th scope="col">{heads[1]}</th>
        </tr>
      </thead>
      <tbody>
        {areas.map((area) => (
          <Fragment key={area}>
            <tr>
              <th scope="rowgroup" colSpan={4}>
                {area}
              </th>
            </tr>
            {changes
              .filter((change) => change.areaName === area)
              .map((change) => (
                <ChangeRow key={change.key} change={change} heads={heads} />
              ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function ChangeRow({ change, heads }: { change: Change; heads: readonly [string, string] }) {
  const { icon, word } = KINDS[change.is];
  const note = noteOf(change);
  return (
    <tr>
      <td>
        <Row as="span" nowrap className="nowrap">
          <Icon name={icon} size={14} />
          {word}
        </Row>
      </td>
      <th scope="row">
        <span className="medium line">{change.what}</span>
        {note === '' ? null : <span className="second">{note}</span>}
      </th>
      <td data-head={heads[0]}>
        <Value change={change} value={change.before} none="Not there" />
      </td>
      <td data-head={heads[1]} className="medium">
        <Value change={change} value={change.after} none="Gone" />
      </td>
    </tr>
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

/** A permission with its shape. */
export function PermissionWord({ word }: { word: string }) {
  return (
    <span className={classes.permission}>
      {SHAPES[word] === undefined ? null : (
        <svg viewBox="0 0 16 16" width={14} height={14} aria-hidden="true">
          {SHAPES[word]}
        </svg>
      )}
      {word}
    </span>
  );
}

/** Everything that a charter states, for reading and for paper. */
export function WholeTable({ settings }: { settings: readonly Setting[] }) {
  const areas = [...new Set(settings.map(({ areaName }) => areaName))];
  return (
    <table className={classes.changes} aria-label="Whole charter">
      <thead>
        <tr>
          <th scope="col">Setting</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {areas.map((area) => (
          <Fragment key={area}>
            <tr>
              <th scope="rowgroup" colSpan={2}>
                {area}
              </th>
            </tr>
            {settings
              .filter((setting) => setting.areaName === area)
              .map((setting) => (
                <tr key={setting.key}>
                  <th scope="row">{setting.what}</th>
                  <td className="medium">
                    <PermissionWord word={setting.value === '' ? 'There' : setting.value} />
                  </td>
                </tr>
              ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
