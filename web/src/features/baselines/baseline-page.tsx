import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { failed } from '../../acts.ts';
import { api, fetchFile, queries, routes } from '../../api.ts';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Stack } from '../../ui/layout.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { Notice } from '../../ui/states.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { ListPage } from '../../ui/templates/list-page.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { ClientsTab, FollowerPanel } from './clients-tab.tsx';
import { DifferencePanel, DifferencesTab } from './differences-tab.tsx';
import { RetireDialog } from './retire-dialog.tsx';
import { baselineRoute } from './routes.tsx';
import { VersionsTab } from './versions-tab.tsx';
import { clientsWords, type Shown } from './words.ts';

/** Loaded with its tab: the page opens on the clients, which need no template editor. */
const TemplateTab = lazy(async () => ({ default: (await import('./template-tab.tsx')).TemplateTab }));

/** One baseline: its clients, their differences, its content, and its versions. */
export function BaselinePage() {
  const { baseline } = baselineRoute.useParams();
  const search = baselineRoute.useSearch();
  const { set, closePanel } = useListSearch(search);
  const { tab = 'clients', view = 'open', status, client } = search;
  const load = useQuery(api.baselines.show.queryOptions({ input: { baseline } }));
  const filter = {
    view,
    ...(status === undefined ? {} : { status }),
    ...(client === undefined ? {} : { client }),
  };
  const differences = useQuery({
    ...api.baselines.differences.list.queryOptions({ input: { baseline, ...filter } }),
    enabled: tab === 'differences',
  });
  const data = load.data;
  const open = data?.items.reduce((sum, one) => sum + (one.differences?.open ?? 0), 0);
  return (
    <ListPage
      title={data?.name ?? 'Baseline'}
      load={load}
      meta={data === undefined ? undefined : metaWords(data)}
      actions={
        data === undefined ? undefined : (
          <>
            {tab === 'differences' ? (
              <ExportMenu
                onExport={(format) =>
                  fetchFile(routes.baselines.differences.table, { baseline, ...filter, format })
                }
              />
            ) : null}
            <More data={data} />
            {data.may.apply && data.retired === null ? (
              <LinkButton href={`/baselines/${baseline}/apply`} variant="filled">
                Apply to clients
              </LinkButton>
            ) : null}
          </>
        )
      }
      tabs={
        <TabLinks
          label="Parts of the baseline"
          value={tab}
          items={[
            { value: 'clients', label: 'Clients', ...(data === undefined ? {} : { count: data.clients }) },
            { value: 'differences', label: 'Differences', ...(open === undefined ? {} : { count: open }) },
            { value: 'template', label: 'Template' },
            {
              value: 'versions',
              label: 'Versions',
              ...(data === undefined ? {} : { count: data.versions.length }),
            },
          ]}
        />
      }
      panel={
        search.panel === undefined || data === undefined ? null : tab === 'differences' ? (
          <DifferencePanel
            baseline={data}
            found={differences.data}
            panel={search.panel}
            onClose={closePanel}
          />
        ) : tab === 'clients' ? (
          <FollowerPanel data={data} client={search.panel} onClose={closePanel} />
        ) : null
      }
    >
      {data === undefined ? null : (
        <>
          {data.retired === null ? null : (
            <Stack gap="lg" inset="tall">
              <Notice>Retired: {data.retired}. Clients on it are still compared with it.</Notice>
            </Stack>
          )}
          {data.shipped?.newer === true && tab === 'template' ? (
            <Stack gap="lg" inset="tall">
              <Notice>
                “{data.shipped.name}”, which this was copied from, has changed since. The catalogue revisions
                show how.
              </Notice>
            </Stack>
          ) : null}
          {tab === 'clients' ? <ClientsTab data={data} search={search} set={set} /> : null}
          {tab === 'differences' ? (
            <DifferencesTab load={differences} search={search} set={set} clients={data.items} />
          ) : null}
          {tab === 'template' ? (
            <Suspense fallback={null}>
              <TemplateTab key={data.version} data={data} />
            </Suspense>
          ) : null}
          {tab === 'versions' ? <VersionsTab data={data} /> : null}
        </>
      )}
    </ListPage>
  );
}

function metaWords(data: Shown): string {
  const meant = [...data.plans, ...data.m365].join(', ');
  const older = data.older === 0 ? '' : `, ${data.older} on an older version`;
  return `${meant} · version ${data.version} · ${clientsWords(data.clients)}${older}`;
}

function More({ data }: { data: Shown }) {
  const [retiring, setRetiring] = useState(false);
  const restore = useMutation(
    api.baselines.restore.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.baselines.key() }),
      onError: failed,
    }),
  );
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button leftSection={<Icon name="more" />}>More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void fetchFile(routes.baselines.file, { baseline: data.id })}>
            Download as YAML
          </Menu.Item>
          {data.may.manage && data.retired === null ? (
            <Menu.Item onClick={() => setRetiring(true)}>Retire…</Menu.Item>
          ) : null}
          {data.may.manage && data.retired !== null ? (
            <Menu.Item onClick={() => restore.mutate({ baseline: data.id })}>Put back into use</Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <RetireDialog data={data} opened={retiring} onClose={() => setRetiring(false)} />
    </>
  );
}
