import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import classes from './personal-accounts.module.css';
import { CHANGE_WORDS, CHANGES, type List } from './words.ts';

type Difference = Awaited<ReturnType<typeof api.personalAccounts.difference.call>>;
type Item = Difference['items'][number];

const GROUPS = CHANGES.map((key) => ({ key, label: CHANGE_WORDS[key] }));
const groupOf = (row: Item) => row.difference;

const columns: readonly Column<Item>[] = [
  {
    id: 'account',
    header: 'Account',
    sort: (row) => row.name ?? row.account,
    cell: (row) => (
      <RowTitle {...(row.name === null ? {} : { detail: row.account })}>
        <Link from="/c/$client/personal-accounts" to="." search={(was) => ({ ...was, panel: row.account })}>
          {row.name ?? row.account}
        </Link>
      </RowTitle>
    ),
  },
  { id: 'change', header: 'What the report changed', width: '60%', cell: (row) => row.words },
];

interface ChangesTabProps {
  readonly reports: List['reports'];
  readonly day: string | undefined;
  readonly panel: string | undefined;
  readonly onDay: (day: string) => void;
}

/** What one report changed compared with all earlier ones. */
export function ChangesTab({ reports, day, panel, onDay }: ChangesTabProps) {
  const { slug } = useClientHere();
  const load = useQuery(
    api.personalAccounts.difference.queryOptions({
      input: { client: slug, ...(day === undefined ? {} : { day }) },
    }),
  );
  const report = load.data?.report;
  return (
    <>
      <div className={classes.tab}>
        <NativeSelect
          label="Report"
          value={report?.day ?? day ?? ''}
          onChange={(event) => onDay(event.currentTarget.value)}
          data={reports.map((one) => ({
            value: one.day,
            label: `${dayWords(one.day)}: ${one.listed} listed, ${one.counts.new} new, ${one.counts.gone} gone`,
          }))}
          maw="32rem"
        />
        <p>
          {load.data?.before == null
            ? 'There is no earlier report, so everything in it is new.'
            : `Compared with what the reports up to ${dayWords(load.data.before)} showed.`}
        </p>
        {report?.closesNothing == null ? null : (
          <Notice mark="cannot_read">
            This report {report.closesNothing}. It shows what was there; nothing it leaves out is treated as
            closed.
          </Notice>
        )}
      </div>
      <DataTable
        label="What the report changed"
        rows={load.data?.items}
        columns={columns}
        rowId={(row) => row.account}
        groups={GROUPS}
        groupOf={groupOf}
        openId={panel ?? null}
        empty={
          <EmptyState title="Nothing.">
            The report lists no account outside the workspace, and none was listed before.
          </EmptyState>
        }
      />
    </>
  );
}
