import { useMemo } from 'react';
import { countWords, GATE_NAMES } from '../../../../src/domain/connectors/access/words.ts';
import { EFFECT_WORDS, PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Stack } from '../../ui/layout.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './access.module.css';
import { type ActionAccess, type ConnectorAccess, type Gate, GateMark, ResultMark } from './access-words.tsx';

const GATES = [
  ['organization', GATE_NAMES.organization],
  ['signIn', GATE_NAMES.signIn],
  ['rights', GATE_NAMES.rights],
] as const;

interface AccessLineProps {
  readonly connector: ConnectorAccess;
  readonly slug: string;
  /** Whether the reader may open files. */
  readonly evidence: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly sort: string | undefined;
  readonly onSort: (sort: string | undefined) => void;
}

/** One connector with its three gates; expanded, the reason for each gate and all actions of the connector. */
export function AccessLine(props: AccessLineProps) {
  const { connector, open, onToggle } = props;
  const inside = `access-${connector.id}`;
  return (
    <li className={classes.item} data-open={open || undefined}>
      <div className={classes.line}>
        <h2 className={classes.name}>
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={open}
            aria-controls={open ? inside : undefined}
            onClick={onToggle}
          >
            <Icon name={open ? 'chevron-down' : 'chevron-right'} size={14} />
            <span>{connector.name}</span>
          </button>
          {connector.charter === null ? <span className={classes.stray}>Not in the charter</span> : null}
        </h2>
        <dl className={classes.gates}>
          {GATES.map(([key, name]) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd>
                <GateMark state={connector[key].state} />
              </dd>
            </div>
          ))}
          <div>
            <dt>Claude</dt>
            <dd>
              <ResultMark result={connector.result} />
              <span className="second">{countWords(connector.counts)}</span>
            </dd>
          </div>
        </dl>
      </div>
      {connector.note === null ? null : <p className={classes.note}>{connector.note}</p>}
      {open ? (
        <Stack id={inside} gap="lg" above="md">
          <Reasons {...props} />
          <Actions {...props} />
        </Stack>
      ) : null}
    </li>
  );
}

function Reasons({ connector, slug, evidence }: AccessLineProps) {
  const { prerequisite } = connector;
  return (
    <div className={classes.reasons}>
      {GATES.map(([key, name]) => (
        <section key={key} className={classes.reason}>
          <h3>{name}</h3>
          <p>
            <GateMark state={connector[key].state} />
          </p>
          <GateWords gate={connector[key]} slug={slug} evidence={evidence} />
          {key === 'rights' ? (
            <>
              <p>
                {prerequisite.met ? '' : <strong>Still to do: </strong>}
                {prerequisite.words}
              </p>
              <Evidence list={prerequisite.evidence} slug={slug} linked={evidence} />
            </>
          ) : null}
        </section>
      ))}
    </div>
  );
}

export function GateWords({ gate, slug, evidence }: { gate: Gate; slug: string; evidence: boolean }) {
  return (
    <>
      <p>{gate.words}</p>
      {gate.howTo === null ? null : (
        <p>
          <strong>How to find out: </strong>
          {gate.howTo}
        </p>
      )}
      <Evidence list={gate.evidence} slug={slug} linked={evidence} />
    </>
  );
}

const SHOWN = 4;

function Evidence({ list, slug, linked }: { list: Gate['evidence']; slug: string; linked: boolean }) {
  if (list.length === 0) return null;
  return (
    <Stack as="ul" gap="2xs" className="muted small">
      {list.slice(0, SHOWN).map((one) => (
        <li key={`${one.kind} ${one.file} ${one.row} ${one.says}`}>
          {one.sha256 === null || !linked ? (
            one.file
          ) : (
            <AppLink href={`/c/${slug}/evidence/${one.sha256}`}>{one.file}</AppLink>
          )}
          {one.row === null ? '' : `, row ${one.row}`}, {dayWords(one.observedOn)}: {one.says}
        </li>
      ))}
      {list.length > SHOWN ? <li>and {list.length - SHOWN} more</li> : null}
    </Stack>
  );
}

function Actions({ connector, slug, evidence, sort, onSort }: AccessLineProps) {
  const columns = useMemo<readonly Column<ActionAccess>[]>(
    () => [
      {
        id: 'action',
        header: 'Action',
        width: '30%',
        sort: (row) => row.title,
        cell: (row) => <RowTitle detail={row.tool}>{row.title}</RowTitle>,
      },
      {
        id: 'effect',
        header: 'Effect',
        evident: true,
        width: '7rem',
        from: 700,
        sort: (row) => row.effect,
        cell: (row) => EFFECT_WORDS[row.effect],
      },
      {
        id: 'why',
        header: 'What the organization allows',
        cell: (row) => (
          <Stack as="span" gap="2xs">
            <span>{row.organization.words}</span>
            <Evidence list={row.organization.evidence} slug={slug} linked={evidence} />
          </Stack>
        ),
      },
      {
        id: 'charter',
        header: 'Charter',
        width: '8rem',
        from: 860,
        sort: (row) => row.charter,
        cell: (row) => (row.charter === null ? 'Not decided' : PERMISSION_WORDS[row.charter]),
      },
      {
        id: 'result',
        header: 'Claude',
        width: '10.5rem',
        sort: (row) => row.result,
        cell: (row) => <ResultMark result={row.result} />,
      },
    ],
    [slug, evidence],
  );
  return (
    <DataTable
      label={`Actions of ${connector.name}`}
      rows={connector.actions}
      columns={columns}
      rowId={(row) => row.id}
      sort={sort}
      onSort={onSort}
      empty={
        <EmptyState title="No actions are known.">
          Neither the catalogue nor an imported file says what Claude can do in {connector.name}. Add one line
          per action to the connectors table.
        </EmptyState>
      }
    />
  );
}
