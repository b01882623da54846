import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type Projects = Awaited<ReturnType<typeof calls.claudeMembers.projects>>;
type Project = Projects['items'][number];

const OUTCOMES = {
  transferred: 'Transferred',
  archived: 'Archived',
  lost: 'Accepted as lost',
} as const;
type Outcome = keyof typeof OUTCOMES;

interface PartProps {
  readonly slug: string;
  readonly journey: string;
  readonly edits: boolean;
}

const said = (text: string) => done(text, api.claudeMembers.key(), api.journeys.key());

/** The Claude projects of a leaver: listed before the seat is removed, with the outcome for each. */
export function ProjectsPart({ slug, journey, edits }: PartProps) {
  const [open, setOpen] = useState<Project | 'name' | null>(null);
  const which = { client: slug, journey };
  const load = useQuery(api.claudeMembers.projects.queryOptions({ input: which }));
  const read = useMutation(
    api.claudeMembers.readProjects.mutationOptions({
      onSuccess: () => said('The projects are listed.'),
      onError: failed,
    }),
  );
  const none = useMutation(
    api.claudeMembers.nameProjects.mutationOptions({
      onSuccess: () => said('Recorded that there are none.'),
      onError: failed,
    }),
  );
  const { data } = load;
  if (data === undefined) return <LoadFailed load={load} what="The projects could not be loaded." />;
  const { items, listed, readable } = data;
  return (
    <Stack gap="xs">
      <p className="second">
        {listed === null ? (
          'Not listed yet. List them before the seat is removed.'
        ) : (
          <>
            {count(items.length, 'project')} listed by {listed.how === 'api' ? 'Claude, for ' : ''}
            {listed.by}, <When at={listed.at} inline />
          </>
        )}
      </p>
      {items.length === 0 ? null : (
        <Stack as="ul" gap="xs" bullets>
          {items.map((one) => (
            <li key={one.id}>
              {one.name}
              <span className="second">
                {' '}
                {one.private === true ? 'Private. ' : one.private === false ? 'Shared. ' : ''}
                {words(one)}
              </span>
              {edits ? (
                <Row gap="xs">
                  <Button size="xs" onClick={() => setOpen(one)}>
                    {one.outcome === null ? 'Say what happened to it' : 'Change'}…
                    <span className="hidden-text">: {one.name}</span>
                  </Button>
                </Row>
              ) : null}
            </li>
          ))}
        </Stack>
      )}
      {edits ? (
        <Row gap="xs">
          {readable ? (
            <Button size="xs" loading={read.isPending} onClick={() => read.mutate(which)}>
              Have Claude list the projects
            </Button>
          ) : null}
          <Button size="xs" onClick={() => setOpen('name')}>
            Record projects…
          </Button>
          {listed === null ? (
            <Button size="xs" loading={none.isPending} onClick={() => none.mutate({ ...which, names: [] })}>
              There are none
            </Button>
          ) : null}
        </Row>
      ) : null}
      {open === 'name' ? (
        <NameDialog which={which} onClose={() => setOpen(null)} />
      ) : open === null ? null : (
        <SettleDialog which={which} project={open} onClose={() => setOpen(null)} />
      )}
    </Stack>
  );
}

function words({ outcome, to, note, due, overdue }: Project): string {
  if (outcome === null) return `${overdue ? 'Overdue since' : 'Due'} ${dayWords(due)}.`;
  const whom = to === null ? '' : ` to ${to}`;
  return `${OUTCOMES[outcome]}${whom}${note === null ? '.' : `: ${note}`}`;
}

interface DialogProps {
  readonly which: { readonly client: string; readonly journey: string };
  readonly onClose: () => void;
}

function NameDialog({ which, onClose }: DialogProps) {
  const fields = useFields({ names: '' }, { names: needed('Enter at least one project.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Record projects"
      submit="Add"
      onSubmit={async () => {
        if (!fields.check()) return false;
        const names = fields.values.names.split('\n').flatMap((line) => line.trim() || []);
        await calls.claudeMembers.nameProjects({ ...which, names });
        await said('The projects are recorded.');
        return true;
      }}
    >
      <Textarea
        label="Names of projects"
        description="One per line, as listed under the person’s Projects in Claude."
        autosize
        minRows={3}
        data-autofocus
        {...fields.text('names')}
      />
    </FormDialog>
  );
}

function SettleDialog({ which, project, onClose }: DialogProps & { readonly project: Project }) {
  const [outcome, setOutcome] = useState<Outcome>(project.outcome ?? 'transferred');
  const fields = useFields({ to: project.to ?? '', note: project.note ?? '' }, {});
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`What happened to ${project.name}`}
      submit="Save"
      onSubmit={async () => {
        const { to, note } = fields.values;
        await calls.claudeMembers.settleProject({
          ...which,
          project: project.id,
          version: project.version,
          outcome,
          ...(outcome === 'transferred' ? { to: to.trim() } : {}),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        });
        await said('Recorded.');
        return true;
      }}
    >
      <NativeSelect
        label="What happened to it"
        data={Object.entries(OUTCOMES).map(([value, label]) => ({ value, label }))}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value as Outcome)}
      />
      {outcome === 'transferred' ? (
        <TextInput label="Who has it now" maxLength={200} {...fields.text('to')} />
      ) : null}
      <Textarea
        label={outcome === 'lost' ? 'Why it may be lost' : 'Note'}
        autosize
        minRows={2}
        maxLength={2000}
        {...fields.text('note')}
      />
    </FormDialog>
  );
}
// Guide: G6.6-05
