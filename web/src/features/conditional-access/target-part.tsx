import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, names } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { type Access, type Template, valueWords } from './words.ts';

/** The people and resources that a policy applies to. */
interface Target {
  /** Name or id of a group; null: everyone. */
  readonly group: string | null;
  readonly resources: 'claude' | 'all';
  /** appIds of excluded applications. */
  readonly without: readonly string[];
}

/** The current target of a policy. */
export function targetOf({ values, without }: Template, { labels }: Access): Target {
  const [group] = values.groups;
  return {
    group: group === undefined ? null : valueWords(group, labels),
    resources: values.applications.includes('All') ? 'all' : 'claude',
    without: without?.apps ?? [],
  };
}

/** The changed parts of the target, for the intent of a plan; unchanged parts are left out. */
export function intentOf(target: Target, was: Target): Record<string, string> {
  const apps = target.without.join(' ');
  return {
    ...(target.group === was.group ? {} : { group: target.group?.trim() ?? '' }),
    ...(target.resources === was.resources ? {} : { resources: target.resources }),
    ...(apps === was.without.join(' ') ? {} : { without: apps }),
  };
}

/** Asks which people and resources a policy applies to, and shows how many people and which other apps that affects. */
export function TargetPart(props: {
  slug: string;
  data: Access;
  template: Template;
  target: Target;
  onChange: (target: Target) => void;
}) {
  const { slug, data, template, target, onChange } = props;
  // Set once the name is complete, so that not every keystroke looks up a group.
  const [group, setGroup] = useState(target.group);
  const apps = data.apps.filter(({ kind }) => template.id !== 'session_control' || kind === 'sign_in');
  const load = useQuery(
    api.conditionalAccess.instructions.queryOptions({
      input: {
        client: slug,
        template: template.id,
        group: group?.trim() ?? '',
        resources: target.resources,
        without: target.without.join(' '),
      },
    }),
  );
  return (
    <Stack gap="md">
      <NativeSelect
        label="For whom"
        value={target.group === null ? 'everyone' : 'group'}
        onChange={(event) => {
          const next = event.currentTarget.value === 'group' ? '' : null;
          onChange({ ...target, group: next });
          setGroup(next);
        }}
        data={[
          { value: 'everyone', label: 'Everyone' },
          { value: 'group', label: 'One group, for a gradual rollout' },
        ]}
      />
      {target.group === null ? null : (
        <TextInput
          label="Group"
          description="Its name or object ID in Entra."
          value={target.group}
          maxLength={340}
          onChange={(event) => onChange({ ...target, group: event.currentTarget.value })}
          onBlur={() => setGroup(target.group)}
        />
      )}
      <NativeSelect
        label="Target resources"
        value={target.resources}
        onChange={(event) =>
          onChange({ ...target, resources: event.currentTarget.value === 'all' ? 'all' : 'claude' })
        }
        data={[
          { value: 'claude', label: 'Claude’s applications' },
          { value: 'all', label: 'All resources' },
        ]}
      />
      <Checkbox.Group
        label="Left out on purpose"
        description="The reason below is recorded with the decision."
        value={[...target.without]}
        onChange={(without) => onChange({ ...target, without })}
      >
        <Stack gap="sm" inset>
          {apps.map(({ appId, name }) => (
            <Checkbox key={appId} value={appId.toLowerCase()} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      <LoadFailed load={load} what="The people it reaches could not be loaded." />
      {load.data === undefined ? null : <Reach found={load.data} />}
    </Stack>
  );
}

type Found = Awaited<ReturnType<typeof calls.conditionalAccess.instructions>>;

function Reach({ found }: { found: Found }) {
  const { reach, others } = found;
  if (reach === null)
    return (
      <Notice mark="cannot_read">
        No reading shows exactly one group with this name or ID, so no one can be counted.
      </Notice>
    );
  return (
    <div aria-live="polite">
      <p>
        It is for {reach.covered} of {count(reach.people, 'person', 'people')}; {reach.leftOut} left out
        {reach.names.length === 0 ? '' : ` (${names(reach.names, 8)})`}
        {reach.outside === 0 ? '' : `; ${reach.outside} not in the group`}
        {reach.unknown === 0 ? '' : `; not known for ${reach.unknown}`}.
      </p>
      {others === null ? null : (
        <>
          <p>
            All resources affects {count(others.total, 'application')} besides Claude, for a browser on a
            device that is not compliant:
          </p>
          <Fold summary="Which">
            <ul>
              {others.apps.map(({ appId, name, people }) => (
                <li key={appId}>
                  {name}:{' '}
                  {people === null
                    ? 'not calculated'
                    : people === 0
                      ? 'no one is asked for more than now'
                      : `${count(people, 'person', 'people')} asked for more than now`}
                </li>
              ))}
            </ul>
            {others.total > others.apps.length ? <p>{others.total - others.apps.length} more.</p> : null}
          </Fold>
        </>
      )}
    </div>
  );
}
