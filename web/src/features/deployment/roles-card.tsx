import { useQuery } from '@tanstack/react-query';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import type { Task } from './words.ts';

type Roles = Awaited<ReturnType<typeof client.deployment.roles>>;
type Role = Roles['roles'][number];

const ROLE_NAMES: Readonly<Record<Role['role'], string>> = {
  primary_owner: 'Primary Owner',
  owner: 'Owner',
  admin: 'Admin',
};
const NEEDS: Readonly<Record<Role['role'], string>> = {
  primary_owner: 'the Primary Owner',
  owner: 'an Owner or the Primary Owner',
  admin: 'an Admin, an Owner or the Primary Owner',
};

/** Whether anyone on the delivery team holds the Claude role that a task needs, who does, and what each role may do. */
export function RolesCard({ slug, task }: { slug: string; task: Task }) {
  const load = useQuery(api.deployment.roles.queryOptions({ input: { client: slug } }));
  const { data } = load;
  if (load.isError) return <LoadFailed load={load} what="The roles in Claude could not be loaded." />;
  if (data === undefined) return null;
  const needed = data.tasks.find(({ id }) => id === task.id);
  return (
    <Card
      title="Who administers Claude"
      foot={
        data.read.why === null ? (
          <>
            Members as read <When at={data.read.on} inline />; what each role may do as of{' '}
            {dayWords(data.asOf)}.
          </>
        ) : undefined
      }
    >
      <Stack gap="sm">
        {data.read.why === null ? null : (
          <VerdictMark state="cannot_read">
            {data.read.why} {data.read.howToGet}
          </VerdictMark>
        )}
        {needed === undefined || needed.held === null ? (
          needed === undefined || data.read.why !== null ? null : (
            <VerdictMark state="cannot_read">
              This task needs {NEEDS[needed.role]}. It is not known whether anyone working on the deployment
              holds that role: either their role in Claude is a custom one, or the list does not give a role.
            </VerdictMark>
          )
        ) : needed.held ? (
          <VerdictMark state="pass">
            This task needs {NEEDS[needed.role]}, and someone working on the deployment holds that role.
          </VerdictMark>
        ) : (
          <VerdictMark state="fail">
            This task needs {NEEDS[needed.role]}, and no one working on the deployment holds that role under
            the address they use here. Assign the task to one of the people below, or ask them to grant the
            role.
          </VerdictMark>
        )}
        {data.read.why !== null ? null : (
          <Fold summary="Who holds which role, and what it may do" open={needed?.held === false}>
            <Lines label="Roles in Claude" head="45%">
              {data.roles.map((role) => (
                <RoleLine key={role.role} role={role} />
              ))}
            </Lines>
            {data.unknown === 0 ? null : (
              <p className="muted">
                With a custom role, or no role in the list: {count(data.unknown, 'more member')}.
              </p>
            )}
          </Fold>
        )}
      </Stack>
    </Card>
  );
}

function RoleLine({ role: { role, people, may } }: { role: Role }) {
  return (
    <Line
      head={
        <>
          <h3>{ROLE_NAMES[role]}</h3>
          {people.length === 0 ? (
            <p>No one, according to the members file</p>
          ) : (
            <p className="wraps">
              {names(
                people.map(
                  ({ name, email, pending, delivers }) =>
                    `${name ?? email}${pending ? ' (invited)' : delivers ? ' (works on the deployment)' : ''}`,
                ),
                20,
              )}
            </p>
          )}
        </>
      }
    >
      <ul>
        {may.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Line>
  );
}
// Guide: G1.1-01
