import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { countResults, countWords } from '../../../../src/domain/connectors/access/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { GROUPS } from '../people/words.ts';
import classes from './access.module.css';
import { AccessLine, GateWords } from './access-line.tsx';
import { type Access, GateMark, type Person } from './access-words.tsx';
import { ConnectorTabs } from './connector-tabs.tsx';
import { connectorAccessRoute } from './routes.tsx';

/** For one person: what the organization lets through, whether they signed in, and whose rights count in each system. */
export function AccessPage() {
  const { slug } = useClientHere();
  const search = connectorAccessRoute.useSearch();
  const { set } = useListSearch(search);
  const evidence = useMay('evidence.read');
  const mayImport = useMay('imports.write');
  const mayPeople = useMay('people.read');
  const all = useQuery({
    ...api.connectors.access.queryOptions({ input: { client: slug } }),
    enabled: mayPeople,
  });
  const chosen = search.person;
  const one = useQuery({
    ...api.connectors.access.queryOptions({ input: { client: slug, person: chosen ?? '' } }),
    enabled: mayPeople && chosen !== undefined,
  });
  const person = chosen === undefined ? null : (one.data?.person ?? null);
  return (
    <Page
      title="Who can reach what"
      permission={mayPeople ? 'charter.read' : 'people.read'}
      load={chosen === undefined ? all : one}
      className={classes.body}
      meta={(data) =>
        `What Claude reaches for one person in each system. ${data.observed.on === null ? 'No connectors table is current' : `Connectors table of ${dayWords(data.observed.on)}`}.`
      }
      actions={
        person === null ? undefined : (
          <ExportMenu
            onExport={(format) =>
              fetchFile(routes.connectors.accessExport, { client: slug, person: person.id, format })
            }
          />
        )
      }
    >
      {(data) => (
        <>
          <ConnectorTabs />
          <Picker people={all.data?.people ?? []} chosen={person} onChoose={(id) => set({ person: id })} />
          {data.observed.why === null ? null : (
            <Notice>
              What is set in Claude cannot be read. {data.observed.why} {data.observed.howToGet}
            </Notice>
          )}
          {person !== null ? (
            <Shown person={person} slug={slug} evidence={evidence} search={search} set={set} />
          ) : data.gap !== null ? (
            <EmptyState
              title="Nobody can be listed."
              action={
                mayImport ? (
                  <Button component="a" href={`/c/${slug}/imports`} variant="filled">
                    Import the members file
                  </Button>
                ) : undefined
              }
            >
              {data.gap.why} {data.gap.howToGet} Until then no one is listed here, and no one is cleared.
            </EmptyState>
          ) : (
            <EmptyState title="Choose a person.">
              Access depends on three gates: what the organization allows, whether the person has signed in to
              the system, and whose rights apply there. Choose a person above to see each gate and the reason
              for it.
            </EmptyState>
          )}
        </>
      )}
    </Page>
  );
}

interface PickerProps {
  readonly people: NonNullable<Access['people']>;
  readonly chosen: Person | null;
  readonly onChoose: (id: string | undefined) => void;
}

function Picker({ people, chosen, onChoose }: PickerProps) {
  const option = ({ id, name, address }: { id: string; name: string; address: string | null }) => ({
    value: id,
    label: address === null || address === name ? name : `${name}, ${address}`,
  });
  // Who is shown stands in the list also while the others are on their way.
  const known = people.length > 0 ? people : chosen === null ? [] : [{ ...chosen, place: null }];
  if (known.length === 0) return null;
  const sorted = known.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const groups = [
    { group: 'In Claude', items: sorted.filter(({ place }) => place === null).map(option) },
    ...GROUPS.map(({ key, label }) => ({
      group: label,
      items: sorted.filter(({ place }) => place === key).map(option),
    })),
  ].filter(({ items }) => items.length > 0);
  return (
    <NativeSelect
      className={classes.picker}
      label="Person"
      value={chosen?.id ?? ''}
      data={[{ value: '', label: 'Choose a person' }, ...groups]}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
    />
  );
}

interface ShownProps {
  readonly person: Person;
  readonly slug: string;
  readonly evidence: boolean;
  readonly search: ReturnType<typeof connectorAccessRoute.useSearch>;
  readonly set: (next: { open?: string | undefined; sort?: string | undefined }) => void;
}

function Shown({ person, slug, evidence, search, set }: ShownProps) {
  const { connectors } = person;
  const results = connectors.flatMap(({ actions }) =>
    actions.filter(({ kind }) => kind !== 'rest').map(({ result }) => result),
  );
  return (
    <>
      <section className={classes.person} aria-labelledby="person">
        <h2 id="person">{person.name}</h2>
        <p>
          <span className="muted">Seat in Claude</span> <GateMark state={person.seat.state} />
        </p>
        <GateWords gate={person.seat} slug={slug} evidence={evidence} />
        {connectors.length === 0 ? null : (
          <p className={classes.sum}>
            {connectors.length} {connectors.length === 1 ? 'system' : 'systems'}. Of {results.length} actions:{' '}
            {countWords(countResults(results))}.
          </p>
        )}
      </section>
      {connectors.length === 0 ? (
        <EmptyState title="No connector is known.">
          The charter approves none, and no imported file shows any. That does not mean that Claude reaches
          nothing for this person. Import a connectors table, or add the approved connectors to the charter.
        </EmptyState>
      ) : (
        <>
          <div className={classes.heads} aria-hidden="true">
            <span>System</span>
            <span>The organization</span>
            <span>Their own sign-in</span>
            <span>Rights in the system</span>
            <span>Claude</span>
          </div>
          <ul className={classes.list} aria-label={`What Claude reaches for ${person.name}`}>
            {connectors.map((connector) => (
              <AccessLine
                key={connector.id}
                connector={connector}
                slug={slug}
                evidence={evidence}
                open={search.open === connector.id}
                onToggle={() => set({ open: search.open === connector.id ? undefined : connector.id })}
                sort={search.sort}
                onSort={(sort) => set({ sort })}
              />
            ))}
          </ul>
          <p className="muted">
            “Unknown” means neither yes nor no. The charter says what is intended; it never shows what is
            actually set in Claude.
          </p>
        </>
      )}
    </>
  );
}
