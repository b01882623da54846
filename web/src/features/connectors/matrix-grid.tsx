import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { singleKeysOn, useKey } from '../../ui/keys.ts';
import { useWindowed } from '../../ui/windowed.ts';
import { ActionLine, type DecideRights, type RowActs } from './action-line.tsx';
import { type ConnectorActs, ConnectorLine } from './connector-line.tsx';
import type { Edits } from './edits.ts';
import { type Departures, type Line, markOf } from './lines.ts';
import classes from './matrix.module.css';
import { MoreLine } from './more-line.tsx';
import { amountOf, asRow, asTreeGrid, focusOn, GRID_ROLES } from './tree-grid.ts';
import { COLUMN_WORDS, COLUMNS, type Permission, STATES } from './words.ts';

interface MatrixGridProps {
  readonly lines: readonly Line[];
  readonly editing: boolean;
  readonly edits: Edits;
  readonly today: string;
  readonly observedOn: string | null;
  /** null: there is no charter to compare with. */
  readonly departures: Departures | null;
  readonly may: DecideRights;
  readonly onWhole: (connector: string) => void;
  readonly faults: ReadonlyMap<string, string>;
  readonly selected: ReadonlySet<string>;
  readonly onSelected: (selected: ReadonlySet<string>) => void;
  readonly onUndo: () => void;
  readonly onBaseline: (id: string) => void;
  /** Sets all selected rows, if the row is one of them. */
  readonly onSet: (id: string, permission: Permission) => void;
  readonly rowActs: Omit<RowActs, 'onSelect' | 'onSet'>;
  readonly connectorActs: Omit<ConnectorActs, 'onSelect'>;
  /** A dialog covers the grid. */
  readonly covered: boolean;
  /** Row to scroll to because it prevents saving. */
  readonly wanted: { readonly id: string; readonly at: number } | null;
}

/** Above this number of actions, only lines near the viewport are rendered, even if all connectors are collapsed. */
const MIN_WINDOWED_ACTIONS = 200;
/** A connector's line contains a menu and a symbol per effect, so rendering one screen of them is enough. */
const CONNECTORS_PER_SCREEN = 40;

/**
 * The list of connectors and actions as a tree grid: up and down arrows, J and K move; left and right arrows expand or
 * collapse a connector or change the state of an action; 1 2 3 set it; X and Shift with arrows select; B resets to the
 * baseline.
 */
export function MatrixGrid(props: MatrixGridProps) {
  const { lines, editing, edits, selected, onSelected } = props;
  const root = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const goal = useRef<string | null>(null);
  const actions = lines.reduce((sum, line) => sum + (line.kind === 'connector' ? line.rows.length : 0), 0);
  const windowed = useWindowed(
    lines.length,
    body,
    actions > MIN_WINDOWED_ACTIONS ? CONNECTORS_PER_SCREEN : undefined,
  );
  const index = useMemo(() => new Map(lines.map((line, at) => [line.id, at] as const)), [lines]);
  const at = active === null ? -1 : (index.get(active) ?? -1);
  const current = lines[at] ?? lines[0];

  const go = (to: number) => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, to))];
    if (line === undefined) return;
    setActive(line.id);
    if (focusOn(root.current, line.id)) return;
    goal.current = line.id;
    windowed.reveal(index.get(line.id) ?? 0);
  };
  // A distant line is rendered only after the list has scrolled to it.
  useLayoutEffect(() => {
    if (goal.current === null) return;
    if (focusOn(root.current, goal.current)) goal.current = null;
  });
  // A dialog about the list returns the focus to the element that opened it.
  useEffect(() => {
    if (!props.covered && active !== null && document.activeElement === document.body)
      focusOn(root.current, active);
  }, [props.covered]);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const row = props.wanted === null ? undefined : index.get(props.wanted.id);
    if (row === undefined) return;
    go(row);
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        root.current
          ?.querySelector<HTMLElement>(
            `[data-reason="${CSS.escape(props.wanted?.id ?? '')}"], [data-until="${CSS.escape(props.wanted?.id ?? '')}"]`,
          )
          ?.focus(),
      ),
    );
  }, [props.wanted]);

  const toggleRows = useCallback((ids: readonly string[], on: boolean) => {
    const next = new Set(latest.current.selected);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    latest.current.onSelected(next);
  }, []);
  const selectableOf = (line: Line): readonly string[] => {
    if (line.connector.charter === null || line.kind === 'more') return [];
    return line.kind === 'row' ? [line.id] : line.rows.map(({ id }) => id);
  };
  const toggle = (line: Line | undefined) => {
    if (line === undefined || !editing) return;
    const ids = selectableOf(line);
    toggleRows(ids, !ids.every((id) => selected.has(id)));
  };
  const extend = (to: number) => {
    const line = lines[to];
    if (!editing || line === undefined) return go(to);
    const from = lines[at];
    toggleRows(
      [
        ...(from?.kind === 'row' ? selectableOf(from) : []),
        ...(line.kind === 'row' ? selectableOf(line) : []),
      ],
      true,
    );
    go(to);
  };
  const setState = (state: Permission) => {
    if (current?.kind === 'row' && editing) props.onSet(current.id, state);
  };
  const step = (by: number) => {
    if (current?.kind !== 'row') return;
    const chosen = current.row.charter ?? 'blocked';
    const open = STATES.filter((state) => state !== 'allow' || current.row.alwaysAllowOffered !== false);
    const next = open[Math.max(0, Math.min(open.length - 1, open.indexOf(chosen) + by))];
    if (next === undefined) return;
    goal.current = current.id;
    setState(next);
  };
  const inside = () => root.current?.contains(document.activeElement) ?? false;
  useKey('j', lines.length === 0 ? null : () => go(inside() ? at + 1 : Math.max(at, 0)));
  useKey('k', lines.length === 0 ? null : () => go(at - 1));
  useKey('x', editing ? () => toggle(current) : null);
  useKey('b', editing ? () => current?.kind === 'row' && props.onBaseline(current.id) : null);
  useKey('1', editing ? () => setState('allow') : null);
  useKey('2', editing ? () => setState('ask') : null);
  useKey('3', editing ? () => setState('blocked') : null);
  useKey('Escape', selected.size > 0 ? () => onSelected(new Set()) : null);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') {
      if (event.key === 'Enter' && current !== undefined) go(at);
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      props.onUndo();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a' && editing) {
      event.preventDefault();
      toggleRows(
        lines.flatMap((line) => (line.kind === 'row' ? selectableOf(line) : [])),
        true,
      );
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyAct(event.key, event.shiftKey);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  function keyAct(key: string, shift: boolean): (() => void) | undefined {
    switch (key) {
      case 'ArrowDown':
        return () => (shift ? extend(at + 1) : go(at + 1));
      case 'ArrowUp':
        return () => (shift ? extend(at - 1) : go(at - 1));
      case 'Home':
        return () => go(0);
      case 'End':
        return () => go(lines.length - 1);
      case 'ArrowRight':
      case 'ArrowLeft': {
        const right = key === 'ArrowRight';
        if (current?.kind === 'connector')
          return current.open === right
            ? undefined
            : () => props.connectorActs.onToggle(current.connector.id);
        if (editing && current?.connector.charter !== null) return () => step(right ? 1 : -1);
        return right ? undefined : () => go(index.get(`connector:${current?.connector.id}`) ?? 0);
      }
      default:
        return undefined;
    }
  }

  const rowActs = useMemo<RowActs>(
    () => ({
      onSet: (id, permission) => latest.current.onSet(id, permission),
      onReason: (id, reason) => latest.current.rowActs.onReason(id, reason),
      onUntil: (id, until) => latest.current.rowActs.onUntil(id, until),
      onClassify: (id) => latest.current.rowActs.onClassify(id),
      onDecide: (departure, act) => latest.current.rowActs.onDecide(departure, act),
      onSelect: (id) => toggleRows([id], !latest.current.selected.has(id)),
    }),
    [toggleRows],
  );
  const connectorActs = useMemo<ConnectorActs>(
    () => ({
      onToggle: (id) => latest.current.connectorActs.onToggle(id),
      onDecide: (departure, act) => latest.current.connectorActs.onDecide(departure, act),
      onAdd: (one) => latest.current.connectorActs.onAdd(one),
      onRemove: (one) => latest.current.connectorActs.onRemove(one),
      onPreset: (id, preset) => latest.current.connectorActs.onPreset(id, preset),
      onSelect: (id) => {
        const line = latest.current.lines.find((one) => one.kind === 'connector' && one.connector.id === id);
        const ids = line?.kind === 'connector' ? line.rows.map((row) => row.id) : [];
        toggleRows(ids, !ids.every((one) => latest.current.selected.has(one)));
      },
    }),
    [toggleRows],
  );

  return (
    <div
      ref={root}
      {...asTreeGrid({
        label: 'Connectors and actions',
        lines: lines.length,
        selectable: editing,
        onKeyDown,
        onFocus: (event) => {
          const line = event.target.closest('[data-line]')?.getAttribute('data-line');
          if (line) setActive(line);
        },
      })}
      className={classes.grid}
      data-editing={editing || undefined}
      data-keys={singleKeysOn() || undefined}
    >
      <div {...asRow(0)} className={classes.head} data-editing={editing || undefined}>
        {editing ? (
          <div {...GRID_ROLES.head} className={classes.box}>
            <span className="hidden-text">Selected</span>
          </div>
        ) : null}
        <div {...GRID_ROLES.head}>Connector</div>
        {COLUMNS.map((column) => (
          <div key={column} {...GRID_ROLES.head}>
            {COLUMN_WORDS[column]}
          </div>
        ))}
        {editing ? (
          <div {...GRID_ROLES.head}>
            <span className="hidden-text">More</span>
          </div>
        ) : null}
      </div>
      <div ref={body} {...GRID_ROLES.group}>
        {windowed.before > 0 ? <div role="presentation" style={{ height: windowed.before }} /> : null}
        {lines.slice(windowed.from, windowed.to).map((line, offset) => {
          const place = windowed.from + offset;
          const isActive = current?.id === line.id;
          if (line.kind === 'more')
            return (
              <MoreLine
                key={line.id}
                line={line}
                index={place}
                measure={windowed.measure}
                active={isActive}
                onWhole={props.onWhole}
              />
            );
          return line.kind === 'connector' ? (
            <ConnectorLine
              key={line.id}
              line={line}
              chartered={props.departures !== null}
              departure={props.departures?.get(line.connector.id)}
              may={props.may}
              index={place}
              measure={windowed.measure}
              active={isActive}
              editing={editing}
              selected={editing ? amountOf(line.rows, selected) : 'none'}
              acts={connectorActs}
            />
          ) : (
            <ActionLine
              key={line.id}
              row={line.row}
              connector={line.connector}
              index={place}
              measure={windowed.measure}
              active={isActive}
              editing={editing}
              edited={edits.has(line.id)}
              selected={selected.has(line.id)}
              today={props.today}
              mark={markOf(line.row, props.departures)}
              departure={props.departures?.get(line.id)}
              may={props.may}
              observedOn={props.observedOn}
              fault={props.faults.get(line.id) ?? null}
              acts={rowActs}
            />
          );
        })}
        {windowed.after > 0 ? <div role="presentation" style={{ height: windowed.after }} /> : null}
      </div>
    </div>
  );
}
