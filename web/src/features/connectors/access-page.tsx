import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { countResults, countWords } from '../../../../src/domain/connectors/access/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { GROUPS } from '../people/words.ts';
import classes from './access.module.css';
import { AccessLine, GateWords } from './access-line.tsx';
import { type Access, GateMark, type Person } from './access-words.tsx';
import { ConnectorTabs } from './connector-tabs.tsx';
import { Everyone, NoSystem, useEveryone } from './everyone.tsx';
import { connectorAccessRoute } from './routes.tsx';

/** For one person: what the organization allows, whether they signed in, and whose permissions apply in each system. */
export function AccessPage() {
  const { person } = connectorAccessRoute.useSearch();
  return person === undefined ? <Everyone /> : <OnePerson id={person} />;
}

function OnePerson({ id }: { id: string }) {
  const { slug } = useClientHere();
  const search = connectorAccessRoute.useSearch();
  const { set } = useListSearch(search);
  const evidence = useMay('evidence.read');
  const mayPeople = useMay('people.read');
  const all = useEveryone();
  const load = useQuery({
    ...api.connectors.access.queryOptions({ input: { client: slug, person: id } }),
    enabled: mayPeople,
  });
  return (
    <OverviewPage
      title="Who can reach what"
      permission={mayPeople ? 'charter.read' : 'people.read'}
      load={load}
      meta={({ observed }: Access) =>
        `What Claude reaches in each system for one person. ${observed.on === null ? 'No connectors table is current' : `Connectors table of ${dayWords(observed.on)}`}.`
      }
      actions={
        <ExportMenu
          onExport={(format) =>
            fetchFile(routes.connectors.accessExport, { client: slug, person: id, format })
          }
        />
      }
      tabs={<ConnectorTabs />}
      main={({ person, observed }) => (
        <>
          <Picker
            people={all.data?.people ?? []}
            chosen={person}
            onChoose={(next) => set({ person: next, text: undefined })}
          />
          {observed.why === null ? null : (
            <Notice mark="cannot_read">
              What is set in Claude cannot be read. {observed.why} {observed.howToGet}
            </Notice>
          )}
          {person === null ? null : (
            <Shown person={person} slug={slug} evidence={evidence} search={search} set={set} />
          )}
        </>
      )}
    />
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
  // The selected person is listed even while the others are still loading.
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
      data={[{ value: '', label: 'Everyone' }, ...groups]}
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
        <NoSystem />
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
