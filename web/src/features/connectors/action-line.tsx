import { Checkbox, TextInput } from '@mantine/core';
import { memo } from 'react';
import {
  canBeSet,
  departureOf,
  driftOf,
  hasCell,
  permissionOf,
} from '../../../../src/domain/connectors/row.ts';
import { BASELINE_FROM_WORDS, CHARTER_FROM_WORDS } from '../../../../src/domain/connectors/status-words.ts';
import { EFFECT_WORDS, PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import type { Act } from '../drift/decide-dialog.tsx';
import type { Departure } from '../drift/words.ts';
import { DepartureActs, DepartureMark } from './departure.tsx';
import type { Mark } from './lines.ts';
import classes from './matrix.module.css';
import { PermissionMark, PermissionShape } from './permission.tsx';
import { asRow, GRID_ROLES } from './tree-grid.ts';
import { type Connector, type Permission, type Row, STATES } from './words.ts';

export interface RowActs {
  readonly onSet: (id: string, permission: Permission) => void;
  readonly onReason: (id: string, reason: string) => void;
  readonly onUntil: (id: string, until: string) => void;
  readonly onSelect: (id: string) => void;
  readonly onClassify: (id: string) => void;
  /** Opens the dialog to decide on a departure from the charter. */
  readonly onDecide: (departure: Departure, act: Act) => void;
}

interface ActionLineProps {
  /** The row with its unsaved changes. */
  readonly row: Row;
  readonly connector: Connector;
  readonly index: number;
  readonly measure: ((node: HTMLElement | null) => void) | undefined;
  readonly active: boolean;
  readonly editing: boolean;
  readonly edited: boolean;
  readonly selected: boolean;
  readonly today: string;
  /** What the row needs because more was observed than approved; null: nothing. */
  readonly mark: Mark | null;
  /** The departure that can be decided here; undefined: there is none, or another charter is shown. */
  readonly departure: Departure | undefined;
  readonly may: DecideRights;
  /** Day of the newest reading: rows observed on that day do not repeat it. */
  readonly observedOn: string | null;
  /** Why the row cannot be saved, shown after an attempt to save. */
  readonly fault: string | null;
  readonly acts: RowActs;
}

/** Decisions on departures that the viewer may make. */
export type DecideRights = Readonly<Record<'accept' | 'restore' | 'amend', boolean>>;

/** One action: what it does, its permission in the charter, the guide's recommendation, and what was observed. */
export const ActionLine = memo(function ActionLine(props: ActionLineProps) {
  const { row, connector, index, active, editing, edited, selected, acts } = props;
  const settable = editing && connector.charter !== null && canBeSet(row);
  const looser = hasCell(row) && departureOf(row) === 'looser';
  const guarded = row.guarded?.states.includes(permissionOf(row)) ?? false;
  const departure = !editing && props.departure?.state === 'undecided' ? props.departure : undefined;
  return (
    <div
      {...asRow(index + 1, { level: 2, ...(editing ? { selected } : {}) })}
      className={classes.action}
      data-line={row.id}
      data-index={index}
      ref={props.measure}
      data-selected={selected || undefined}
      data-edited={edited || undefined}
      data-editing={editing || undefined}
    >
      {editing ? (
        <div {...GRID_ROLES.cell} className={classes.box}>
          <Checkbox
            aria-label={`Select ${row.title}`}
            tabIndex={-1}
            disabled={!settable}
            checked={selected}
            onChange={() => acts.onSelect(row.id)}
          />
        </div>
      ) : null}
      <div
        {...GRID_ROLES.rowHead}
        className={classes.title}
        data-main={settable ? undefined : true}
        tabIndex={settable ? undefined : active ? 0 : -1}
      >
        <span>{row.title}</span>{' '}
        {row.tool === null || row.tool === row.title ? null : <code>{row.tool}</code>}
        {edited ? <span className={classes.changed}>Changed</span> : null}
      </div>
      <div {...GRID_ROLES.cell} className={classes.effect}>
        <span data-effect={row.effect === 'read' ? 'read' : 'write'}>{EFFECT_WORDS[row.effect]}</span>
        {editing && row.effect === 'unknown' && row.kind === 'action' && connector.charter !== null ? (
          <button
            type="button"
            className={classes.link}
            tabIndex={-1}
            onClick={() => acts.onClassify(row.id)}
          >
            Classify…
          </button>
        ) : null}
      </div>
      <div {...GRID_ROLES.cell} className={classes.cell}>
        {settable ? (
          <States row={row} connector={connector} active={active} onSet={acts.onSet} />
        ) : (
          <>
            <span className={classes.cellLabel}>Charter</span>
            <Said row={row} approved={connector.charter !== null} />
          </>
        )}
      </div>
      <div {...GRID_ROLES.cell} className={classes.baseline}>
        <span className={classes.cellLabel}>Baseline</span>
        <span title={BASELINE_FROM_WORDS[row.baselineFrom]}>
          {PERMISSION_WORDS[row.baseline]}
          {row.kind === 'action' && SHORT_FROM[row.baselineFrom] !== null ? (
            <span className="second">{SHORT_FROM[row.baselineFrom]}</span>
          ) : null}
        </span>
      </div>
      <div {...GRID_ROLES.cell} className={classes.observed}>
        <span className={classes.cellLabel}>Observed</span>
        <Seen row={row} mark={props.mark} departure={props.departure} observedOn={props.observedOn} />
      </div>
      {looser || guarded || props.fault !== null ? (
        <div {...GRID_ROLES.cell} className={classes.why}>
          {settable ? (
            <>
              {looser ? (
                <TextInput
                  size="xs"
                  className={classes.reason}
                  label={`Why ${row.title} is looser than the baseline`}
                  data-reason={row.id}
                  value={row.justification ?? ''}
                  error={props.fault}
                  onChange={(event) => acts.onReason(row.id, event.currentTarget.value)}
                />
              ) : props.fault === null ? null : (
                <p className="late">{props.fault}</p>
              )}
              {guarded ? (
                <TextInput
                  size="xs"
                  type="date"
                  className={classes.until}
                  label={`Last day. ${row.guarded?.why}`}
                  min={props.today}
                  data-until={row.id}
                  value={row.until ?? ''}
                  onChange={(event) => acts.onUntil(row.id, event.currentTarget.value)}
                />
              ) : null}
            </>
          ) : (
            <p>
              {looser ? <strong>Looser than the baseline. </strong> : null}
              {row.justification ?? 'The charter gives no reason.'}
              {row.until === null ? null : ` Until ${dayWords(row.until)}.`}
            </p>
          )}
        </div>
      ) : null}
      {departure === undefined ? null : (
        <div {...GRID_ROLES.cell} className={classes.why}>
          <DepartureActs
            title={row.title}
            departure={departure}
            may={props.may}
            active={active}
            onAct={(act) => acts.onDecide(departure, act)}
          />
        </div>
      )}
    </div>
  );
});

/** A note on a baseline that is not in the guide's table; null: the guide's general rule explains it. */
const SHORT_FROM: Readonly<Record<Row['baselineFrom'], string | null>> = {
  guide: null,
  rule: null,
  ams: 'membership system',
  unrated: 'sensitivity not stated',
  undecided: 'to be decided',
};

function Said({ row, approved }: { row: Row; approved: boolean }) {
  if (!hasCell(row)) return <PermissionMark state="none" />;
  if (!approved || row.charter === null) return <span className={classes.undecided}>Not decided</span>;
  return (
    <>
      <PermissionMark state={permissionOf(row)} quiet={permissionOf(row) === 'blocked'} />
      {row.charterFrom === 'lapsed' ? <span className="second">{CHARTER_FROM_WORDS.lapsed}</span> : null}
    </>
  );
}

function States({
  row,
  connector,
  active,
  onSet,
}: {
  row: Row;
  connector: Connector;
  active: boolean;
  onSet: RowActs['onSet'];
}) {
  const chosen = row.charter;
  return (
    <div role="radiogroup" aria-label={`${connector.name}, ${row.title}`} className={classes.radios}>
      {STATES.map((state, at) => {
        const closed = state === 'allow' && row.alwaysAllowOffered === false;
        const main = chosen === state || (chosen === null && at === STATES.length - 1);
        return (
          // biome-ignore lint/a11y/useSemanticElements: arrows move between rows here, which inputs of one name do not do.
          <button
            key={state}
            type="button"
            role="radio"
            aria-checked={chosen === state}
            aria-disabled={closed || undefined}
            title={closed ? 'Claude does not offer Always allow for it' : undefined}
            className={classes.radio}
            data-main={main || undefined}
            data-state={state}
            tabIndex={main && active ? 0 : -1}
            onClick={() => {
              if (!closed) onSet(row.id, state);
            }}
          >
            <PermissionShape state={state} />
            <span>{PERMISSION_WORDS[state]}</span>
          </button>
        );
      })}
    </div>
  );
}

interface SeenProps {
  readonly row: Row;
  readonly mark: Mark | null;
  readonly departure: Departure | undefined;
  readonly observedOn: string | null;
}

function Seen({ row, mark, departure, observedOn }: SeenProps) {
  const { observed } = row;
  if (observed === null) return <span className="muted">Not observed</span>;
  const on = observed.on === '' || observed.on === observedOn ? '' : `on ${dayWords(observed.on)}`;
  if (observed.state === null)
    return (
      <span className="muted">
        {observed.words ?? 'State not reported'} {on}
      </span>
    );
  if (observed.state === 'off') return <span className="muted">Not offered {on}</span>;
  const notes = [
    ...(mark === null && driftOf(row) === 'narrower' ? ['narrower than the charter'] : []),
    ...(on === '' ? [] : [on]),
    ...(observed.words === null ? [] : [observed.words]),
  ].join(', ');
  return (
    <>
      {mark === null ? (
        <PermissionMark state={observed.state} quiet />
      ) : (
        <DepartureMark state={observed.state} mark={mark} departure={departure} />
      )}
      {notes === '' ? null : <span className="second">{notes}</span>}
    </>
  );
}
