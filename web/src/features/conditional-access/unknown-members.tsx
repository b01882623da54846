import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { names, verb } from '../../../../src/domain/text/words.ts';
import { api, client, queries } from '../../api.ts';
import { useMay } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { AppLink } from '../controls/link-button.tsx';
import type { WhatIf } from './words.ts';

type Unknown = WhatIf['unknownMembers'][number];

const WHY: Readonly<Record<Unknown['kind'], Readonly<Record<Unknown['why'], string>>>> = {
  group: {
    no_list: 'no list of groups was read',
    not_listed: 'it is not in the list of groups that was read, so it may be deleted',
    no_members: 'its members were not read',
    some_members: 'not all of its members were read',
  },
  role: {
    no_list: 'no list of role assignments was read',
    not_listed: 'it is not in the list of role assignments that was read',
    no_members: 'the people who hold it were not read',
    some_members: 'not all people who hold it were read',
  },
};

const quoted = (policies: readonly string[]) =>
  names(
    policies.map((name) => `“${name}”`),
    5,
  );

/** Groups and roles with unknown members, which leave policies undetermined, and how to read them. */
export function UnknownMembers({ slug, members }: { slug: string; members: WhatIf['unknownMembers'] }) {
  if (members.length === 0) return null;
  return (
    <Notice mark="cannot_read">
      <Stack gap="xs">
        <p>Some outcomes cannot be determined, because it is not known who is in a group or holds a role:</p>
        <ul className="wraps">
          {members.map(({ kind, id, name, why, policies }) => (
            <li key={id}>
              {name}: {WHY[kind][why]}. It decides whom {quoted(policies)}{' '}
              {verb(policies.length, 'is', 'are')} for.
            </li>
          ))}
        </ul>
        <ReadMembers slug={slug} />
      </Stack>
    </Notice>
  );
}

/** One click if an application is connected; otherwise a link to import the file. */
function ReadMembers({ slug }: { slug: string }) {
  const may = useMay('connections.edit');
  const sources = useQuery({
    ...api.sources.show.queryOptions({ input: { client: slug } }),
    enabled: may,
  });
  const connection = sources.data?.connections.find(
    ({ vendor, hasKey, streams }) =>
      vendor === 'microsoft' && hasKey && streams.some(({ stream }) => stream === 'groups'),
  )?.connection;
  const read = useMutation({
    mutationFn: () => client.sources.read({ client: slug, connection: connection ?? '' }),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <>
      <Row>
        {connection === undefined ? (
          <AppLink href={`/c/${slug}/imports`}>Import the groups and role assignments</AppLink>
        ) : (
          <>
            <Button loading={read.isPending} onClick={() => read.mutate()}>
              Read Microsoft 365 now
            </Button>
            <AppLink href={`/c/${slug}/connections`}>What the application may read</AppLink>
          </>
        )}
      </Row>
      <div role="status">
        {read.isSuccess ? <p>Reading continues automatically until every list has been read.</p> : null}
        {read.error === null ? null : <Notice mark="cannot_read">{explainError(read.error).text}</Notice>}
      </div>
    </>
  );
}
// Guide: G6.2-04
