import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { RowTitle } from '../../ui/row-title.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ConnectorTabs } from './connector-tabs.tsx';

type Groups = Awaited<ReturnType<typeof client.connectors.groups>>;
type Role = NonNullable<Groups['items'][number]['roles']>[number];
type Opens = NonNullable<Role['opens']>[number];

/** Which groups may use which connector and tool; on plans without groups, the one setting for everyone. */
export function GroupsPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.connectors.groups.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Groups>
      title="Connectors by group"
      permission="charter.read"
      load={load}
      tabs={<ConnectorTabs />}
      meta={metaOf}
      main={(data) =>
        data.oneForAll ? (
          <Notice>
            One setting applies to everyone: on this plan, a connector or action cannot be allowed for some
            groups and not for others. What the{' '}
            <Link to="/c/$client/connectors" params={{ client: slug }}>
              matrix
            </Link>{' '}
            allows is the maximum for every member, and each person’s own rights in the system still apply.
            Claude Enterprise would add roles that allow connectors group by group.
          </Notice>
        ) : (
          <Read data={data} slug={slug} />
        )
      }
    />
  );
}

function metaOf({ oneForAll, items, groups }: Groups): string {
  if (oneForAll) return 'This plan has no groups.';
  return groups.on === null
    ? 'Groups have not been read.'
    : `${count(items.length, 'group')}, read ${dayWords(groups.on)}. No list shows what all members have in addition.`;
}

function Read({ data, slug }: { data: Groups; slug: string }) {
  const missing = [data.groups, data.roles].filter(({ why }) => why !== null);
  return (
    <>
      {missing.map(({ why, howToGet }) => (
        <Notice
          key={why}
          mark="cannot_read"
          action={
            <Link to="/c/$client/connections" params={{ client: slug }} search={{}}>
              Sources
            </Link>
          }
        >
          {why} {howToGet}
        </Notice>
      ))}
      {data.groups.on === null ? null : (
        <Card title="Groups and what they allow" flush={data.items.length > 0}>
          {data.items.length === 0 ? (
            <p>The organization has no groups, so no connector is allowed by group.</p>
          ) : (
            <PlainTable
              label="Groups and what they allow"
              rows={data.items}
              rowId={({ id }) => id}
              columns={[
                {
                  head: 'Group',
                  cell: ({ name, id, fromDirectory }) => (
                    <RowTitle detail={fromDirectory === true ? 'From the directory' : undefined}>
                      {name ?? id}
                    </RowTitle>
                  ),
                },
                {
                  head: 'Members',
                  cell: ({ members }) =>
                    members === null ? (
                      <span className="muted">Not reported</span>
                    ) : (
                      members.toLocaleString('en')
                    ),
                },
                { head: 'Roles and what they allow', cell: ({ roles }) => <Roles roles={roles} /> },
              ]}
            />
          )}
        </Card>
      )}
    </>
  );
}

function Roles({ roles }: { roles: readonly Role[] | null }) {
  if (roles === null) return <span className="muted">Not reported</span>;
  if (roles.length === 0) return <span className="muted">No custom role</span>;
  return (
    <Stack as="ul" gap="xs">
      {roles.map(({ id, name, opens }) => (
        <li key={id}>
          <strong>{name ?? id}</strong>
          {opens === null ? (
            <span className="second">What it allows was not read.</span>
          ) : opens.length === 0 ? (
            <span className="second">Allows no connectors.</span>
          ) : (
            opens.map((one) => (
              <span key={`${one.what} ${one.id} ${one.action}`} className="second">
                {openWords(one)}
              </span>
            ))
          )}
        </li>
      ))}
    </Stack>
  );
}

const ACTION_WORDS: Readonly<Record<string, string>> = { use: 'may be used', always_allow: 'without asking' };

function openWords({ what, id, action }: Opens): string {
  const how = ownValue(ACTION_WORDS, action) ?? action.replaceAll('_', ' ');
  if (what === 'every_connector') return `Every connector: ${how}`;
  return `${what === 'tool' ? 'Tool' : 'Connector'} ${id ?? 'not reported'}: ${how}`;
}
