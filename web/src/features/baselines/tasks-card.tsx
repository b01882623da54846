import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { SaveBar, useSaving } from '../../ui/saving.tsx';
import { useUnsaved } from '../../ui/unsaved.tsx';
import { saveParts } from './parts.ts';
import { type Shown, sideWords } from './words.ts';

type Given = Shown['parts']['deployment'][number];

/** Who does each task of the deployment, and by when. */
export function TasksCard({ data, mayChange }: { data: Shown; mayChange: boolean }) {
  const [changing, setChanging] = useState(false);
  if (changing) return <TasksForm data={data} onClose={() => setChanging(false)} />;
  return (
    <Card
      title="Tasks of the deployment"
      flush={data.deployment.length > 0}
      aside={
        mayChange ? (
          <Button size="xs" onClick={() => setChanging(true)}>
            Change tasks
          </Button>
        ) : (
          String(data.deployment.length)
        )
      }
    >
      {data.deployment.length === 0 ? (
        <p className="muted">It does not assign anyone to a task.</p>
      ) : (
        <PlainTable
          label="Tasks of the deployment"
          rows={data.deployment}
          rowId={(task) => task.task}
          columns={[
            { head: 'Task', cell: (task) => task.title },
            { head: 'Done by', cell: (task) => sideWords[task.by] },
            {
              head: 'Owner',
              cell: ({ owner }) =>
                owner === null ? <span className="muted">No one named</span> : ownerWords(owner),
            },
            {
              head: 'Due after',
              cell: (task) =>
                task.dueDays === null ? <span className="muted">No day</span> : `${task.dueDays} days`,
            },
          ]}
        />
      )}
    </Card>
  );
}

const OWNER = '{owner}';
const ownerWords = (owner: string) => (owner === OWNER ? 'Account owner of the client' : owner);

/** A task as entered; `by` is empty if the baseline assigns it to no one. */
interface Line {
  readonly by: string;
  readonly owner: string;
  readonly days: string;
}
const NONE: Line = { by: '', owner: '', days: '' };

function TasksForm({ data, onClose }: { data: Shown; onClose: () => void }) {
  const [lines, setLines] = useState<ReadonlyMap<string, Line>>(
    () =>
      new Map(
        data.parts.deployment.map(({ task, by, owner, dueDays }) => [
          task,
          { by, owner: owner ?? '', days: dueDays === undefined ? '' : String(dueDays) },
        ]),
      ),
  );
  const [note, setNote] = useState('');
  const [begun] = useState(lines);
  const saving = useSaving();
  const leave = useUnsaved(() => (lines !== begun || note !== '') && !saving.busy);
  const change = (task: string, part: Partial<Line>) => {
    const line = { ...(lines.get(task) ?? NONE), ...part };
    // Entering an owner or a number of days implies that the task is assigned.
    const given = line.by === '' && part.by === undefined && `${line.owner}${line.days}`.trim() !== '';
    setLines(new Map(lines).set(task, given ? { ...line, by: 'client' } : line));
  };
  const wrong = (task: string) => {
    const days = lines.get(task)?.days.trim() ?? '';
    return days === '' || (/^\d{1,3}$/.test(days) && Number(days) <= 730) ? null : 'Enter days, up to 730.';
  };
  const deployment = data.tasks.flatMap(({ task }): Given[] => {
    const { by, owner, days } = lines.get(task) ?? NONE;
    if (by !== 'msp' && by !== 'client') return [];
    return [
      {
        task,
        by,
        ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
        ...(days.trim() === '' ? {} : { dueDays: Number(days) }),
      },
    ];
  });
  const faulty = data.tasks.some(({ task }) => wrong(task) !== null);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!faulty) void saving.save(() => saveParts(data, { parts: { deployment } }, note));
      }}
    >
      <Card
        title="Tasks of the deployment"
        flush
        foot={`As the owner, enter a name, a role or an address. ${OWNER} is each client’s account owner. Days are counted from the day the baseline is applied.`}
      >
        <PlainTable
          label="Tasks of the deployment"
          rows={data.tasks}
          rowId={({ task }) => task}
          groupOf={({ phase }) => phase}
          columns={[
            { head: 'Task', cell: ({ title }) => title },
            {
              head: 'Done by',
              cell: ({ task, title }) => (
                <NativeSelect
                  aria-label={`Who does it: ${title}`}
                  data={[
                    { value: '', label: 'Not assigned' },
                    { value: 'client', label: sideWords.client },
                    { value: 'msp', label: sideWords.msp },
                  ]}
                  value={lines.get(task)?.by ?? ''}
                  onChange={({ currentTarget: { value } }) =>
                    change(task, value === '' ? NONE : { by: value })
                  }
                />
              ),
            },
            {
              head: 'Owner',
              cell: ({ task, title }) => (
                <TextInput
                  aria-label={`Owner: ${title}`}
                  maxLength={200}
                  value={lines.get(task)?.owner ?? ''}
                  onChange={({ currentTarget: { value } }) => change(task, { owner: value })}
                />
              ),
            },
            {
              head: 'Due after (days)',
              cell: ({ task, title }) => (
                <TextInput
                  aria-label={`Due after, in days: ${title}`}
                  inputMode="numeric"
                  maxLength={3}
                  value={lines.get(task)?.days ?? ''}
                  error={wrong(task)}
                  onChange={({ currentTarget: { value } }) => change(task, { days: value })}
                />
              ),
            },
          ]}
        />
        <Stack inset="tall">
          <TextInput
            label="What changed (optional)"
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <SaveBar
            saving={saving}
            changed={!faulty && JSON.stringify(deployment) !== JSON.stringify(data.parts.deployment)}
            more={<Button onClick={() => leave(onClose)}>Cancel</Button>}
          >
            Save as version {data.version + 1}
          </SaveBar>
        </Stack>
      </Card>
    </form>
  );
}
