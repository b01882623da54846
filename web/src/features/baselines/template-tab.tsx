import { Button, Textarea, TextInput } from '@mantine/core';
import { ORPCError } from '@orpc/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { done } from '../../acts.ts';
import { api } from '../../api.ts';
import { Card, Facts } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Notice } from '../../ui/states.tsx';
import { SECTION_WORDS } from '../charter/edit-dialog.tsx';
import classes from './baselines.module.css';
import { EditDialog, TEMPLATE_SECTIONS, type TemplateSection } from './edit-dialog.tsx';
import { type Shown, sideWords } from './words.ts';

/** What a baseline states, and its text to change. */
export function TemplateTab({ data }: { data: Shown }) {
  return (
    <Stack gap="lg" inset="tall">
      <Card>
        <p className="reading">{data.purpose}</p>
      </Card>
      {data.may.manage && data.retired === null ? <FormsCard data={data} /> : null}
      <Card
        title="What it states of a charter"
        flush
        aside={`${data.states.length} values, filled for an example`}
      >
        <PlainTable
          label="What it states of a charter"
          rows={data.states}
          rowId={({ what, value }) => `${what} ${value}`}
          columns={[
            { head: 'What', cell: ({ what }) => what },
            { head: 'Value', cell: ({ value }) => value },
          ]}
        />
      </Card>
      <Card title="Tasks of the deployment" flush aside={String(data.deployment.length)}>
        {data.deployment.length === 0 ? (
          <p className="muted">It assigns no one to any task.</p>
        ) : (
          <PlainTable
            label="Tasks of the deployment"
            rows={data.deployment}
            rowId={(task) => task.task}
            columns={[
              { head: 'Task', cell: (task) => task.title },
              { head: 'Done by', cell: (task) => sideWords[task.by] },
              { head: 'Owner', cell: (task) => task.owner ?? <span className="muted">Nobody named</span> },
              {
                head: 'Due after',
                cell: (task) =>
                  task.dueDays === null ? <span className="muted">No day</span> : `${task.dueDays} days`,
              },
            ]}
          />
        )}
      </Card>
      {data.defaults.length === 0 ? null : (
        <Card title="What a new client begins with">
          <Facts facts={data.defaults.map(({ name, value }) => [name, value] as const)} />
        </Card>
      )}
      <Editor key={data.version} data={data} />
    </Stack>
  );
}

/** The parts that are changed in a form. */
function FormsCard({ data }: { data: Shown }) {
  const [section, setSection] = useState<TemplateSection | null>(null);
  return (
    <Card
      title="Change what it states"
      foot="Permissions of connectors, tasks and what a new client begins with are changed as text, at the end of the page. A form drops comments that were written into the text."
    >
      <Row>
        {TEMPLATE_SECTIONS.map((one) => (
          <Button key={one} size="xs" onClick={() => setSection(one)}>
            {SECTION_WORDS[one]}
          </Button>
        ))}
      </Row>
      {section === null ? null : (
        <EditDialog key={section} data={data} section={section} onClose={() => setSection(null)} />
      )}
    </Card>
  );
}

function Editor({ data }: { data: Shown }) {
  const [yaml, setYaml] = useState(data.yaml);
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const change = useMutation(api.baselines.change.mutationOptions());
  const mayChange = data.may.manage && data.retired === null;
  const save = async (caughtUp: boolean) => {
    setFailure(null);
    try {
      const made = await change.mutateAsync({
        baseline: data.id,
        version: data.version,
        yaml,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(caughtUp ? { caughtUp } : {}),
      });
      await done(`Version ${made.version} of "${made.name}" is saved.`, api.baselines.key());
    } catch (error) {
      const { text } = explainError(error);
      setFailure(
        error instanceof ORPCError && error.status === 409
          ? `${text} Copy your text first, then load the page again.`
          : text,
      );
    }
  };
  return (
    <Card>
      <Fold
        summary={mayChange ? 'Advanced: edit as text' : 'As text'}
        beside={`YAML, version ${data.version}`}
      >
        {mayChange ? (
          <p className="muted measure">
            Permissions of connectors, tasks and what a new client begins with are changed here.
          </p>
        ) : null}
        <Textarea
          aria-label="The baseline as YAML"
          description="Placeholders: {name}, {domain}, {domains} in a list, {owner}. In quotation marks."
          className={classes.yaml}
          autosize
          minRows={12}
          maxRows={32}
          spellCheck={false}
          readOnly={!mayChange}
          value={yaml}
          error={failure}
          onChange={(event) => setYaml(event.currentTarget.value)}
        />
        {mayChange ? (
          <>
            <TextInput
              label="What changed (optional)"
              value={note}
              maxLength={500}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Row>
              <Button
                loading={change.isPending}
                disabled={yaml === data.yaml}
                onClick={() => void save(false)}
              >
                Save as version {data.version + 1}
              </Button>
              {data.shipped?.newer === true ? (
                <Button loading={change.isPending} onClick={() => void save(true)}>
                  Save, and mark it as up to date with the catalogue
                </Button>
              ) : null}
            </Row>
            <Notice>
              Clients keep following the version applied to them until a new one is applied; differences are
              shown against the newest.
            </Notice>
          </>
        ) : null}
      </Fold>
    </Card>
  );
}
