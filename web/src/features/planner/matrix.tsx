import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { CoverMark } from './cover.tsx';
import { OpenRisk } from './open-risk.tsx';
import classes from './planner.module.css';
import { applying, type Column, type Compared, inSentence, type Risk } from './words.ts';

interface MatrixProps {
  readonly found: Compared;
  /** Id of the risk whose row is expanded. */
  readonly row: string | undefined;
  readonly onRow: (risk: string | undefined) => void;
  /** Lists the controls behind the count of a column. */
  readonly onList: (column: string) => void;
  readonly onChange: (index: number) => void;
  readonly onRemove: (index: number) => void;
  /** Enters a quote; null: the viewer may not. */
  readonly onQuote: ((purchase: string) => void) | null;
}

/** Today and each set side by side: what the set adds, what it lets the client enforce, and how it covers each risk. */
export function Matrix(props: MatrixProps) {
  const { found } = props;
  const columns = [found.today, ...found.columns];
  const [all, setAll] = useState(false);
  const shown = found.risks.filter(
    (risk) => all || found.columns.length === 0 || risk.risk === props.row || changes(found, risk),
  );
  const hidden = found.risks.length - shown.length;
  const listed = shown.filter((risk) => risk.listed);
  const further = shown.filter((risk) => !risk.listed);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1).
    <section className={classes.frame} tabIndex={0} aria-label="Sets compared with today, table">
      <table className={classes.matrix}>
        <thead>
          <tr>
            <td />
            {columns.map((column, index) => (
              <Head key={column.key} column={column} index={index - 1} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Added each month</th>
            {columns.map((column) => (
              <Cell key={column.key} column={column}>
                <Month column={column} onQuote={props.onQuote} />
              </Cell>
            ))}
          </tr>
          <tr>
            <th scope="row">Added each year</th>
            {columns.map((column) => (
              <Cell key={column.key} column={column}>
                {column.key === 'today' ? '$0' : column.cost.year}
                {column.cost.useOnTop && column.cost.usdPerYear === null ? (
                  <span className="second">Usage is billed separately</span>
                ) : null}
              </Cell>
            ))}
          </tr>
          <tr>
            <th scope="row">
              Controls that can be enforced
              <span className="second">
                of {applying(found.today)} that apply; {found.today.count.policy_only} are policy only today
              </span>
            </th>
            {columns.map((column) => (
              <Cell key={column.key} column={column}>
                <Count column={column} today={found.today} onList={props.onList} />
              </Cell>
            ))}
          </tr>
        </tbody>
        <Risks
          title="Risks in the guide, section 4.1: what would reduce each one"
          risks={listed}
          {...props}
        />
        <Risks title="Other risks in the guide" risks={further} {...props} />
        {hidden === 0 && !all ? null : (
          <tbody>
            <tr>
              <td colSpan={columns.length + 1}>
                <Button size="xs" aria-expanded={all} onClick={() => setAll(!all)}>
                  {all
                    ? 'Show only the risks that a set changes'
                    : `Show ${count(hidden, 'risk')} with the same coverage as today`}
                </Button>
              </td>
            </tr>
          </tbody>
        )}
      </table>
    </section>
  );
}

function Cell({ column, children }: { column: Column; children: React.ReactNode }) {
  return <td data-cheapest={column.cheapest || undefined}>{children}</td>;
}

function Head({
  column,
  index,
  onChange,
  onRemove,
}: { column: Column; index: number } & Pick<MatrixProps, 'onChange' | 'onRemove'>) {
  return (
    <th scope="col" data-cheapest={column.cheapest || undefined}>
      <Row as="span" className="muted small">
        {column.label}
        {column.cheapest ? <span className={classes.tag}>Cheapest for your goal</span> : null}
      </Row>
      <span className="heading line">{column.name}</span>
      {column.key === 'today' ? (
        <span className="second">What you have now</span>
      ) : (
        <Row as="span" gap="xs" above="sm">
          <Button size="xs" onClick={() => onChange(index)} aria-label={`Change ${inSentence(column.label)}`}>
            Change
          </Button>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={`Remove ${inSentence(column.label)}`}
            onClick={() => onRemove(index)}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        </Row>
      )}
      {column.problems.map((words) => (
        <span key={words} className={classes.problem}>
          {words}
        </span>
      ))}
    </th>
  );
}

function Month({ column, onQuote }: { column: Column } & Pick<MatrixProps, 'onQuote'>) {
  const { cost } = column;
  const [first] = cost.unpriced;
  if (column.key === 'today')
    return (
      <>
        <span className={classes.figure}>$0</span>
        <span className="second">
          {cost.known === 'not_known' ? 'What you pay now is not known.' : `You pay ${lower(cost.month)} now`}
        </span>
        {cost.unknown.map((words) => (
          <span key={words} className="second">
            {words}
          </span>
        ))}
      </>
    );
  return (
    <>
      <span className={classes.figure}>{cost.month}</span>
      {cost.detail === '' ? null : <span className="second">{cost.detail}</span>}
      {cost.unknown.map((words) => (
        <span key={words} className="second">
          {words}
        </span>
      ))}
      {first === undefined || onQuote === null ? null : (
        <Button
          size="xs"
          className={classes.quote}
          onClick={() => onQuote(first.id)}
          aria-label={`Enter the quote for ${first.name}`}
        >
          Enter a quote…
        </Button>
      )}
    </>
  );
}

function lower(words: string): string {
  return words.replace(/^At /, 'at ');
}

function Count({ column, today, onList }: { column: Column; today: Column } & Pick<MatrixProps, 'onList'>) {
  const all = applying(today);
  const share = (count: number) => `${all === 0 ? 0 : Math.min(100, (count / all) * 100)}%`;
  const gained = column.gains.length;
  return (
    <Row as="span" gap="md">
      <button
        type="button"
        className={classes.open}
        onClick={() => onList(column.key)}
        aria-label={
          column.key === 'today'
            ? `${column.count.enforceable}: list today’s controls`
            : `${column.count.enforceable}, ${gained} more than today: list what ${inSentence(column.label)} adds`
        }
      >
        {column.count.enforceable}
      </button>
      <span className={classes.bar} aria-hidden="true">
        <span style={{ inlineSize: share(column.count.enforceable - gained) }} />
        <span data-gained style={{ inlineSize: share(gained) }} />
      </span>
      {column.key === 'today' ? null : <span className="muted small">+{gained}</span>}
    </Row>
  );
}

function Risks({
  title,
  risks,
  found,
  row,
  onRow,
}: { title: string; risks: readonly Risk[] } & Pick<MatrixProps, 'found' | 'row' | 'onRow'>) {
  const columns = [found.today, ...found.columns];
  if (risks.length === 0) return null;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={columns.length + 1} className={classes.group}>
          <span>{title}</span>
        </th>
      </tr>
      {risks.flatMap((risk) => {
        const open = row === risk.risk;
        const now = coverOf(found.today, risk);
        return [
          <tr key={risk.risk}>
            <th scope="row">
              <button
                type="button"
                className={classes.opener}
                aria-expanded={open}
                onClick={() => onRow(open ? undefined : risk.risk)}
              >
                <Icon name={open ? 'chevron-down' : 'chevron-right'} size={14} />
                {risk.title}
              </button>
            </th>
            {columns.map((column) => {
              const cover = coverOf(column, risk);
              const same =
                column.key !== 'today' && cover?.line === now?.line && cover?.coverage === now?.coverage;
              return (
                <Cell key={column.key} column={column}>
                  {cover === undefined ? (
                    <span className="muted">Not known</span>
                  ) : (
                    <>
                      <CoverMark cover={cover} />
                      {same || cover.line === '' ? null : <span className="second">{cover.line}</span>}
                    </>
                  )}
                </Cell>
              );
            })}
          </tr>,
          ...(open ? [<OpenRisk key={`${risk.risk} open`} risk={risk} columns={columns} />] : []),
        ];
      })}
    </tbody>
  );
}

/** Whether any set covers a risk differently than today. */
function changes(found: Compared, risk: Risk): boolean {
  const now = coverOf(found.today, risk)?.coverage;
  return found.columns.some((column) => coverOf(column, risk)?.coverage !== now);
}

function coverOf(column: Column, risk: Risk) {
  return column.risks.find((one) => one.risk === risk.risk);
}
