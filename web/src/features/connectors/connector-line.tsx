import { Checkbox, Menu } from '@mantine/core';
import { memo } from 'react';
import { CATEGORY_WORDS, dataWords, PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Departure } from '../drift/words.ts';
import type { DecideRights, RowActs } from './action-line.tsx';
import { DepartureActs } from './departure.tsx';
import { GroupCell } from './group-cell.tsx';
import type { ConnectorLine as Line } from './lines.ts';
import classes from './matrix.module.css';
import { asRow, GRID_ROLES } from './tree-grid.ts';
import { COLUMN_WORDS, type Connector } from './words.ts';

export interface ConnectorActs {
  readonly onToggle: (id: string) => void;
  readonly onDecide: RowActs['onDecide'];
  readonly onSelect: (id: string) => void;
  readonly onAdd: (connector: Connector) => void;
  readonly onRemove: (connector: Connector) => void;
  readonly onPreset: (id: string, preset: 'baseline' | 'read_only' | 'blocked') => void;
}

interface ConnectorLineProps {
  readonly line: Line;
  /** false: there is no charter yet. */
  readonly chartered: boolean;
  /** Departure of the connector as a whole: enabled without approval, or disabled although approved. */
  readonly departure: Departure | undefined;
  readonly may: DecideRights;
  readonly index: number;
  readonly measure: ((node: HTMLElement | null) => void) | undefined;
  readonly active: boolean;
  readonly editing: boolean;
  readonly selected: 'all' | 'some' | 'none';
  readonly acts: ConnectorActs;
}

/** One connector: what it reaches, and a summary of its actions by effect. */
export const ConnectorLine = memo(function ConnectorLine(props: ConnectorLineProps) {
  const { line, chartered, index, active, editing, selected, acts } = props;
  const { connector } = line;
  const approved = connector.charter !== null;
  const departure = !editing && props.departure?.state === 'undecided' ? props.departure : undefined;
  return (
    <div
      {...asRow(index + 1, { level: 1, expanded: line.open })}
      className={classes.line}
      data-open={line.open || undefined}
      data-line={line.id}
      data-index={index}
      ref={props.measure}
      data-selected={selected === 'all' || undefined}
      data-editing={editing || undefined}
    >
      {editing ? (
        <div {...GRID_ROLES.cell} className={classes.box}>
          <Checkbox
            aria-label={`Select all of ${connector.name}`}
            tabIndex={-1}
            disabled={!approved}
            checked={selected === 'all'}
            indeterminate={selected === 'some'}
            onChange={() => acts.onSelect(connector.id)}
          />
        </div>
      ) : null}
      <div {...GRID_ROLES.rowHead} className={classes.name}>
        <button
          type="button"
          className={classes.toggle}
          data-main
          tabIndex={active ? 0 : -1}
          aria-expanded={line.open}
          onClick={() => acts.onToggle(connector.id)}
        >
          <Icon name={line.open ? 'chevron-down' : 'chevron-right'} />
          <span>{connector.name}</span>
        </button>
        <p className={classes.about}>{aboutWords(connector)}</p>
        {approved ? null : (
          <p className={chartered ? classes.stray : classes.about}>
            {chartered ? 'Not in the charter' : 'No one has decided'}
            {connector.enabled === true
              ? chartered
                ? ', and enabled in Claude'
                : '. It is enabled in Claude'
              : ''}
          </p>
        )}
        {line.rest === null ? null : (
          <p className={classes.stray}>
            Anything not listed: {PERMISSION_WORDS[line.rest.observed]}
            {line.rest.charter === null ? '' : `; charter: ${PERMISSION_WORDS[line.rest.charter]}`}
          </p>
        )}
      </div>
      {line.groups.map((group) => (
        <div
          key={group.column}
          {...GRID_ROLES.cell}
          className={classes.group}
          data-empty={group.total === 0 || undefined}
        >
          <span className={classes.groupLabel}>{COLUMN_WORDS[group.column]}</span>
          <GroupCell
            group={group}
            stray={chartered && !approved && connector.enabled === true}
            unlisted={line.rows.every((row) => row.kind === 'rest')}
          />
        </div>
      ))}
      {editing ? (
        <div {...GRID_ROLES.cell} className={classes.more}>
          {approved ? (
            <Menu position="bottom-end">
              <Menu.Target>
                <button type="button" className={classes.menu} aria-label={`More for ${connector.name}`}>
                  <Icon name="more" />
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => acts.onPreset(connector.id, 'baseline')}>
                  Reset to the baseline
                </Menu.Item>
                <Menu.Item onClick={() => acts.onPreset(connector.id, 'read_only')}>
                  Set to read only
                </Menu.Item>
                <Menu.Item onClick={() => acts.onPreset(connector.id, 'blocked')}>Block everything</Menu.Item>
                <Menu.Divider />
                <Menu.Item onClick={() => acts.onRemove(connector)}>Remove from the charter…</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          ) : (
            <button type="button" className={classes.add} onClick={() => acts.onAdd(connector)}>
              Add…
            </button>
          )}
        </div>
      ) : null}
      {departure === undefined ? null : (
        <div {...GRID_ROLES.cell} className={classes.decide}>
          <DepartureActs
            title={connector.name}
            departure={departure}
            may={props.may}
            active={active}
            onAct={(act) => acts.onDecide(departure, act)}
          />
        </div>
      )}
      {line.open ? (
        <div className={classes.sub} data-editing={editing || undefined} aria-hidden="true">
          {editing ? <span /> : null}
          <span>Action</span>
          <span>Effect</span>
          <span>Charter</span>
          <span>Baseline</span>
          <span>Observed</span>
        </div>
      ) : null}
    </div>
  );
});

function aboutWords(connector: Connector): string {
  const parts = [
    connector.ams
      ? 'Membership system, read only'
      : connector.category === null
        ? 'Not in the catalogue'
        : CATEGORY_WORDS[connector.category],
    connector.dataClasses === null && connector.memberData === true
      ? 'member PII'
      : connector.dataClasses === null
        ? 'what it reaches is not stated'
        : dataWords(connector.dataClasses).replace(/^./, (first) => first.toLowerCase()),
    connector.sensitivity === null ? 'sensitivity not stated' : `${connector.sensitivity} sensitivity`,
    ...(connector.charter !== null && connector.enabled === false ? ['not enabled in Claude'] : []),
    connector.reviewed === null ? 'not reviewed yet' : `reviewed ${dayWords(connector.reviewed)}`,
  ];
  return parts.join(' · ');
}
