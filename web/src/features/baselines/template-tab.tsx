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
import { Steady, useUnsaved } from '../../ui/unsaved.tsx';
import { SECTION_WORDS } from '../charter/edit-dialog.tsx';
import classes from './baselines.module.css';
import { ConnectorsCard } from './connectors-card.tsx';
import { EditDialog, TEMPLATE_SECTIONS, type TemplateSection } from './edit-dialog.tsx';
import { PartDialog } from './part-dialog.tsx';
import { PART_FORMS, type Part } from './part-forms.ts';
import { TasksCard } from './tasks-card.tsx';
import type { Shown } from './words.ts';

/** The content of a baseline, part by part, each with a form to change it, and its source text. */
export function TemplateTab({ data }: { data: Shown }) {
  const mayChange = data.may.manage && data.retired === null;
  return (
    <Stack gap="lg" inset="tall">
      <Card title="What it is for" aside={mayChange ? <ChangePart data={data} part="about" /> : undefined}>
        <p className="reading">{data.purpose}</p>
      </Card>
      <RulesCard data={data} mayChange={mayChange} />
      <ConnectorsCard data={data} mayChange={mayChange} />
      <TasksCard data={data} mayChange={mayChange} />
      <Card
        title="What a new client starts with"
        aside={mayChange ? <ChangePart data={data} part="client" /> : undefined}
      >
        {data.defaults.length === 0 ? (
          <p className="muted">Nothing preset: Bylaw asks when a client is created.</p>
        ) : (
          <Facts facts={data.defaults.map(({ name, value }) => [name, value] as const)} />
        )}
      </Card>
      <Card title="Emails to send" aside={mayChange ? <ChangePart data={data} part="texts" /> : undefined}>
        {data.parts.texts.length === 0 ? (
          <p className="muted">None.</p>
        ) : (
          <Stack gap="sm">
            {data.parts.texts.map(({ id, title, text }) => (
              <Fold key={id} summary={title}>
                <p className="pre">{text}</p>
              </Fold>
            ))}
          </Stack>
        )}
      </Card>
      <Steady of={data}>{(steady) => <Editor key={steady.version} data={steady} />}</Steady>
    </Stack>
  );
}

function ChangePart({ data, part }: { data: Shown; part: Part }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" aria-label={`Change: ${PART_FORMS[part].title}`} onClick={() => setOpen(true)}>
        Change
      </Button>
      {open ? <PartDialog data={data} part={part} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** The charter settings of the baseline other than connectors, with the forms to change them. */
function RulesCard({ data, mayChange }: { data: Shown; mayChange: boolean }) {
  const [section, setSection] = useState<TemplateSection | null>(null);
  const rows = data.states.filter(({ connector }) => connector === null);
  return (
    <Card title="Rules of the charter" flush aside={`${rows.length} values, filled in for an example client`}>
      {mayChange ? (
        <Stack inset="tall" gap="sm">
          <p className="muted">Change a part:</p>
          <Row>
            {TEMPLATE_SECTIONS.map((one) => (
              <Button key={one} size="xs" onClick={() => setSection(one)}>
                {SECTION_WORDS[one]}
              </Button>
            ))}
          </Row>
        </Stack>
      ) : null}
      {rows.length === 0 ? null : (
        <PlainTable
          label="Rules of the charter"
          rows={rows}
          rowId={({ what, value }) => `${what} ${value}`}
          columns={[
            { head: 'What', cell: ({ what }) => what },
            { head: 'Value', cell: ({ value }) => value },
          ]}
        />
      )}
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
  useUnsaved(() => (yaml !== data.yaml || note !== '') && (change.isIdle || change.isError));
  const save = async (caughtUp: boolean) => {
    setFailure(null);
    try {
      const created = await change.mutateAsync({
        baseline: data.id,
        version: data.version,
        yaml,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(caughtUp ? { caughtUp } : {}),
      });
      await done(`Version ${created.version} of “${created.name}” is saved.`, api.baselines.key());
    } catch (error) {
      const { text } = explainError(error);
      setFailure(
        error instanceof ORPCError && error.status === 409
          ? `${text} Copy your text first, then reload the page.`
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
            The whole baseline as one text, if you prefer that. Saving a form removes any comments written in
            the text.
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
              Clients keep following the version applied to them until a newer one is applied; differences are
              shown against the newest.
            </Notice>
          </>
        ) : null}
      </Fold>
    </Card>
  );
}
