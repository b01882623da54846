import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { CLAUDE_PLAN_SHORT_WORDS } from '../../../../src/domain/labels.ts';
import { routes, sendFile } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Notice } from '../../ui/states.tsx';
import classes from './baselines.module.css';
import { applyBaselineRoute } from './routes.tsx';
import { type Candidate, clientsWords, type Shown, type Table } from './words.ts';

interface ChooseStepProps {
  readonly baseline: Shown;
  readonly candidates: readonly Candidate[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (next: ReadonlySet<string>) => void;
  readonly table: Table | null;
  readonly onTable: (next: Table | null) => void;
  readonly updating: ReadonlySet<number>;
  readonly onUpdating: (next: ReadonlySet<number>) => void;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onPreview: () => void;
}

/** Selects existing clients and adds new ones. */
export function ChooseStep(props: ChooseStepProps) {
  const { baseline, chosen, table, updating, busy, error } = props;
  const rows = table?.rows.length ?? 0;
  const problems = table?.problems.length ?? 0;
  const unsaid = (table?.offers ?? []).filter(({ row }) => !updating.has(row)).length;
  const total = chosen.size + rows;
  return (
    <Stack gap="lg">
      <Existing {...props} />
      {baseline.may.create ? <NewClients {...props} /> : null}
      {error === null || error === undefined ? null : (
        <p role="alert" className={classes.looser}>
          {explainError(error).text}
        </p>
      )}
      <Row>
        <Button
          variant="filled"
          loading={busy}
          disabled={total === 0 || problems > 0 || unsaid > 0}
          onClick={props.onPreview}
        >
          {total === 0 ? 'Preview' : `Preview ${clientsWords(total)}`}
        </Button>
        {problems > 0 ? (
          <p className="muted">Fix the rows of the table first, or leave the table out.</p>
        ) : null}
        {problems === 0 && unsaid > 0 ? (
          <p className="muted">For each client that already exists, say whether to update it.</p>
        ) : null}
      </Row>
    </Stack>
  );
}

function Existing({ baseline, candidates, chosen, onChosen }: ChooseStepProps) {
  const search = applyBaselineRoute.useSearch();
  const { set } = useListSearch(search);
  const wanted = (search.text ?? '').trim().toLowerCase();
  const shown = candidates.filter(
    ({ name, planName, m365Name }) =>
      wanted === '' || `${name} ${planName} ${m365Name}`.toLowerCase().includes(wanted),
  );
  const all = shown.length > 0 && shown.every(({ client }) => chosen.has(client));
  const toggle = (client: string) => {
    const next = new Set(chosen);
    if (!next.delete(client)) next.add(client);
    onChosen(next);
  };
  const toggleAll = () => {
    const next = new Set(chosen);
    for (const { client } of shown) {
      if (all) next.delete(client);
      else next.add(client);
    }
    onChosen(next);
  };
  return (
    <Card title="Existing clients" aside={`${chosen.size} of ${candidates.length} chosen`}>
      {candidates.length === 0 ? (
        <p className="muted">There is no client you can apply a baseline to yet.</p>
      ) : (
        <>
          <div className={classes.choices}>
            <TextInput
              aria-label="Filter the clients"
              placeholder="Filter by name, plan or license"
              value={search.text ?? ''}
              onChange={(event) => set({ text: event.currentTarget.value || undefined })}
            />
            <Checkbox
              label={wanted === '' ? 'All clients' : `All ${shown.length} shown`}
              checked={all}
              indeterminate={!all && shown.some(({ client }) => chosen.has(client))}
              disabled={shown.length === 0}
              onChange={toggleAll}
            />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1). */}
          <section className={classes.list} tabIndex={0} aria-label="Clients to choose from">
            <ul>
              {shown.map((one) => (
                <li key={one.client}>
                  <Checkbox
                    label={one.name}
                    description={[
                      `${one.planName}, ${one.m365Name}`,
                      one.follows === null
                        ? null
                        : one.follows.id === baseline.id
                          ? `follows it, version ${one.follows.version}`
                          : `follows ${one.follows.name}`,
                      one.fits,
                    ]
                      .filter((part) => part !== null)
                      .join(' · ')}
                    checked={chosen.has(one.client)}
                    onChange={() => toggle(one.client)}
                  />
                </li>
              ))}
            </ul>
          </section>
          {shown.length === 0 ? <p className="muted">Nothing matches “{search.text}”.</p> : null}
        </>
      )}
    </Card>
  );
}

function NewClients({ table, onTable, updating, onUpdating }: ChooseStepProps) {
  const [text, setText] = useState('');
  const read = useMutation({
    mutationFn: (file: Blob) => sendFile(routes.baselines.table, {}, file),
    onSuccess: onTable,
    onError: () => onTable(null),
  });
  return (
    <Card title="New clients" aside={table === null ? undefined : clientsWords(table.rows.length)}>
      <Stack gap="lg">
        <p>
          A table with one row per client: Name, Domains, Claude plan, Microsoft license, Staff, Owner (the
          account owner’s address). The last three may be empty. Either all rows are created or none.
        </p>
        <FileDrop
          label="Drop a CSV or XLSX here"
          accept=".csv,.xlsx,.tsv,.txt"
          single
          onFiles={([file]) => file && read.mutate(file)}
        />
        <Textarea
          label="Or paste the rows, including the headings"
          autosize
          minRows={4}
          maxRows={12}
          className={classes.yaml}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Row>
          <Button
            loading={read.isPending}
            disabled={text.trim() === ''}
            onClick={() => read.mutate(new Blob([text], { type: 'text/plain' }))}
          >
            Read the rows
          </Button>
          {table === null ? null : <Button onClick={() => onTable(null)}>Leave the table out</Button>}
        </Row>
        {read.error === null ? null : (
          <p role="alert" className={classes.looser}>
            {explainError(read.error).text}
          </p>
        )}
        {table === null ? null : <Read table={table} updating={updating} onUpdating={onUpdating} />}
      </Stack>
    </Card>
  );
}

function Read({
  table,
  updating,
  onUpdating,
}: {
  table: Table;
  updating: ReadonlySet<number>;
  onUpdating: (next: ReadonlySet<number>) => void;
}) {
  const toggle = (row: number) => {
    const next = new Set(updating);
    if (!next.delete(row)) next.add(row);
    onUpdating(next);
  };
  return (
    <>
      {table.problems.length === 0 ? null : (
        <Notice mark="fail">
          <Stack as="ul" gap="xs">
            {table.problems.map(({ row, column, says }) => (
              <li key={`${row} ${column} ${says}`}>
                {row === null ? '' : `Row ${row}`}
                {column === null ? '' : `, column “${column}”`}: {says}
              </li>
            ))}
          </Stack>
        </Notice>
      )}
      {table.offers.map((offer) => (
        <Checkbox
          key={offer.row}
          label={`Row ${offer.row}: update ${offer.name}`}
          description={offer.says}
          checked={updating.has(offer.row)}
          onChange={() => toggle(offer.row)}
        />
      ))}
      {table.unused.length === 0 ? null : (
        <p className="muted">These columns were not used: {table.unused.join(', ')}.</p>
      )}
      {table.rows.length === 0 ? null : (
        <PlainTable
          label="Rows read"
          framed
          rows={table.rows}
          rowId={(row) => row.row}
          columns={[
            { head: 'Name', cell: (row) => row.name },
            { head: 'Domains', cell: (row) => row.domains.join(', ') },
            {
              head: 'Plan',
              cell: (row) => (
                <>
                  {CLAUDE_PLAN_SHORT_WORDS[row.claudePlan]}
                  <span className={classes.second}>
                    {row.m365 === null ? 'License not stated' : LICENSES[row.m365]}
                  </span>
                </>
              ),
            },
            { head: 'Staff', cell: (row) => row.staffCount ?? <span className="muted">Not stated</span> },
            { head: 'Owner', cell: (row) => row.owner ?? <span className="muted">Not stated</span> },
          ]}
        />
      )}
    </>
  );
}

const LICENSES = {
  business_basic_standard: 'Business Basic or Standard',
  business_premium: 'Business Premium',
  e3: 'E3',
  e5: 'E5',
} as const;
