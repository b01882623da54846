import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api } from '../../api.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { choiceFilter } from '../../ui/list-filters.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { EmptyState, LoadFailed, Notice } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import classes from './baselines.module.css';
import { baselineRoute } from './routes.tsx';
import {
  type Cell,
  clientsWords,
  type DifferenceRow,
  type Differences,
  type Follower,
  type Shown,
  STATUS_WORDS,
  STATUSES,
  VIEW_WORDS,
  VIEWS,
} from './words.ts';

interface Search {
  readonly view?: (typeof VIEWS)[number] | undefined;
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly client?: string | undefined;
}

interface DifferencesTabProps {
  readonly load: { data: Differences | undefined; error: unknown; refetch: () => unknown };
  readonly search: Search & { panel?: string | undefined };
  readonly set: (next: Search) => void;
  readonly clients: readonly Follower[];
}

/** Settings that differ as rows and clients as columns, so that outliers stand out. */
export function DifferencesTab({ load, search, set, clients }: DifferencesTabProps) {
  const { data } = load;
  const unread = clients.filter(({ charter }) => charter === null).length;
  return (
    <Stack gap="lg" inset="tall">
      <FilterChips
        filters={[
          choiceFilter(search, set, 'view', 'Show', VIEWS, VIEW_WORDS),
          choiceFilter(search, set, 'status', 'The client is', STATUSES, STATUS_WORDS),
          {
            id: 'client',
            label: 'Client',
            options: clients.map(({ client, name }) => ({ value: client, label: name })),
            value: search.client,
            onChange: (client) => set({ client }),
          },
        ]}
        {...(data === undefined ? {} : { count: `${data.total} ${data.total === 1 ? 'place' : 'places'}` })}
      />
      {unread === 0 ? null : (
        <Notice>
          {clientsWords(unread)} {unread === 1 ? 'has' : 'have'} no charter in force, so nothing is compared
          there.
        </Notice>
      )}
      <LoadFailed load={load} what="The differences could not be loaded." still="Nothing was changed." />
      {data === undefined ? null : data.rows.length === 0 ? (
        <EmptyState title="No differences.">
          Every charter compared here matches the baseline. Other filters may show differences.
        </EmptyState>
      ) : (
        <Matrix data={data} />
      )}
    </Stack>
  );
}

function Matrix({ data }: { data: Differences }) {
  const navigate = useNavigate({ from: baselineRoute.fullPath });
  const { panel } = baselineRoute.useSearch();
  const shown = data.clients.filter(({ client }) =>
    data.rows.some(({ cells }) => cells.some((cell) => cell.client === client)),
  );
  const open = (row: DifferenceRow, client: string) =>
    void navigate({ to: '.', search: (was) => ({ ...was, panel: panelOf(row.key, client) }) });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard (WCAG 2.1.1).
    <section className={classes.frame} tabIndex={0} aria-label="Differences, table">
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">Place</th>
            {shown.map((client) => (
              <th scope="col" key={client.client}>
                <AppLink href={`/c/${client.client}`}>{client.name}</AppLink>
                <span className={classes.second}>
                  {client.older ? `Follows version ${client.version}; ${data.version} is current` : ''}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.what}
                <span className={classes.second}>
                  {row.areaName}
                  {row.looser === 0 ? '' : `. Looser at ${clientsWords(row.looser)}`}
                </span>
              </th>
              {shown.map(({ client, name }) => {
                const cell = row.cells.find((one) => one.client === client);
                return (
                  <td key={client}>
                    {cell === undefined ? (
                      <span className="muted">Matches the baseline</span>
                    ) : (
                      <button
                        type="button"
                        className={classes.cell}
                        data-open={panel === panelOf(row.key, client) || undefined}
                        aria-label={`${row.what} at ${name}: ${cell.value ?? 'not stated'}, ${cellWords(cell)}`}
                        onClick={() => open(row, client)}
                      >
                        {cell.value ?? 'Not stated'}
                        <span
                          className={
                            cell.kept === null && cell.status === 'looser'
                              ? `${classes.second} ${classes.looser}`
                              : classes.second
                          }
                        >
                          {cellWords(cell)}
                        </span>
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const panelOf = (key: string, client: string) => `${client}|${key}`;

function cellWords(cell: Cell): string {
  return cell.kept === null ? STATUS_WORDS[cell.status] : 'Kept on purpose';
}

interface DifferencePanelProps {
  readonly baseline: Shown;
  readonly found: Differences | undefined;
  readonly panel: string;
  readonly onClose: () => void;
}

/** One difference of one client, and what to do about it. */
export function DifferencePanel({ baseline, found, panel, onClose }: DifferencePanelProps) {
  const at = panel.indexOf('|');
  const [client, key] = [panel.slice(0, at), panel.slice(at + 1)];
  const row = found?.rows.find((one) => one.key === key);
  const cell = row?.cells.find((one) => one.client === client);
  const about = found?.clients.find((one) => one.client === client);
  const [acting, setActing] = useState<'keep' | 'propose' | null>(null);
  if (found === undefined) return null;
  if (row === undefined || cell === undefined || about === undefined)
    return (
      <SidePanel title="No longer a difference" onClose={onClose}>
        <p>What was open here now matches, or another filter shows it.</p>
      </SidePanel>
    );
  return (
    <SidePanel title={row.what} onClose={onClose}>
      <Stack gap="lg">
        <Card>
          <Facts
            facts={[
              [
                'Client',
                <AppLink key="client" href={`/c/${client}`}>
                  {about.name}
                </AppLink>,
              ],
              ['Its charter says', cell.value ?? <span className="muted">Nothing</span>],
              ['The baseline says', cell.template ?? <span className="muted">No such entry</span>],
              ['The client is', STATUS_WORDS[cell.status]],
              ['Part', row.areaName],
            ]}
          />
        </Card>
        {cell.kept === null ? null : (
          <Card title="Kept on purpose">
            <p>{cell.kept.reason}</p>
            <p className="muted">
              {cell.kept.by}, <When at={cell.kept.at} inline />. It applies to these two values.
            </p>
          </Card>
        )}
        {about.may ? (
          <Row>
            <Button variant="filled" onClick={() => setActing('propose')}>
              Propose the baseline’s value…
            </Button>
            {cell.kept === null ? <Button onClick={() => setActing('keep')}>Keep on purpose…</Button> : null}
          </Row>
        ) : (
          <p className="muted">The people who apply baselines to this client decide on its differences.</p>
        )}
      </Stack>
      <DecideDialog
        key={acting ?? 'none'}
        acting={acting}
        baseline={baseline}
        row={row}
        client={client}
        name={about.name}
        onClose={() => setActing(null)}
      />
    </SidePanel>
  );
}

interface DecideDialogProps {
  readonly acting: 'keep' | 'propose' | null;
  readonly baseline: Shown;
  readonly row: DifferenceRow;
  readonly client: string;
  readonly name: string;
  readonly onClose: () => void;
}

function DecideDialog({ acting, baseline, row, client, name, onClose }: DecideDialogProps) {
  const fields = useFields({ reason: '' }, { reason: needed('Briefly say why.') });
  const keep = useMutation(api.baselines.differences.keep.mutationOptions());
  const propose = useMutation(api.baselines.differences.propose.mutationOptions());
  const save = async () => {
    if (!fields.check()) return false;
    const { reason } = fields.values;
    if (acting === 'keep') await keep.mutateAsync({ baseline: baseline.id, client, key: row.key, reason });
    else await propose.mutateAsync({ baseline: baseline.id, client, keys: [row.key], reason });
    await done(
      acting === 'keep'
        ? `Kept on purpose at ${name}.`
        : `A draft of the charter of ${name} was created. It takes effect once a second person approves it.`,
      api.baselines.key(),
    );
    return true;
  };
  return (
    <FormDialog
      opened={acting !== null}
      onClose={onClose}
      title={acting === 'keep' ? `Keep on purpose at ${name}` : `Propose the baseline’s value to ${name}`}
      submit={acting === 'keep' ? 'Keep on purpose' : 'Make the draft'}
      onSubmit={save}
    >
      <p>
        {acting === 'keep'
          ? `“${row.what}” stays as it is at ${name}. If either side changes its value, the difference opens again.`
          : `A draft of the charter sets “${row.what}” back to what the baseline says. Nothing takes effect until a second person approves it.`}
      </p>
      <Textarea label="Why" autosize minRows={2} {...fields.text('reason')} />
    </FormDialog>
  );
}
