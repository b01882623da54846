import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ownRuleId } from '../../../../src/domain/dlp/own-patterns.ts';
import { done, failed } from '../../acts.ts';
import { api, type client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed, Notice } from '../../ui/states.tsx';
import { Steady, useUnsaved } from '../../ui/unsaved.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { BODY_WORDS, CHANNEL_WORDS, STATE_WORDS, savedWords } from './words.ts';

type Tuning = Awaited<ReturnType<typeof calls.dlp.tuning.show>>;
type Pattern = Tuning['patterns'][number];
type Tried = Awaited<ReturnType<typeof calls.dlp.try>>;

const EMPTY: Pattern = { title: '', starts: '', body: 'base62', least: 16, atMost: 64 };
const BODIES = Object.entries(BODY_WORDS).map(([value, label]) => ({ value, label }));

/** Patterns for passwords and keys of the client's own systems: the list, a form to add one, and a sample to test. */
export function OwnPatternsCard({ incident }: { incident: string | undefined }) {
  const { slug } = useClientHere();
  const load = useQuery(api.dlp.tuning.show.queryOptions({ input: { client: slug } }));
  const mayEdit = useMay('detections.edit');
  return (
    <Card title="Your own passwords and keys">
      <Stack gap="md">
        <p className="muted measure">
          Keys of your own systems, identified by how they begin. They are refused or reported starting with
          the next prompt or upload, and are included in the package for Purview.
        </p>
        {incident === undefined ? null : (
          <Notice>
            What you save and try here is added to the timeline of the incident.{' '}
            <AppLink href={`/c/${slug}/incidents/${incident}`}>Back to the incident</AppLink>
          </Notice>
        )}
        <LoadFailed load={load} what="Your patterns could not be loaded." />
        {load.data === undefined ? null : (
          <Steady of={load.data}>
            {(tuning) => (
              <Patterns key={tuning.version} tuning={tuning} incident={incident} mayEdit={mayEdit} />
            )}
          </Steady>
        )}
        {mayEdit ? <Trial incident={incident} /> : null}
      </Stack>
    </Card>
  );
}

interface PatternsProps {
  readonly tuning: Tuning;
  readonly incident: string | undefined;
  readonly mayEdit: boolean;
}

function Patterns({ tuning, incident, mayEdit }: PatternsProps) {
  const { slug } = useClientHere();
  const [pattern, setPattern] = useState<Pattern>(EMPTY);
  const { version, patterns, off, memberNumbers, allowed } = tuning;
  const save = useMutation(
    api.dlp.tuning.set.mutationOptions({
      onSuccess: ({ proposed }) => done(savedWords(proposed), api.dlp.key(), api.incidents.key()),
      onError: failed,
    }),
  );
  useUnsaved(() => pattern !== EMPTY && !save.isPending);
  const store = (next: readonly Pattern[]) =>
    save.mutate({
      client: slug,
      version,
      off: [...off],
      memberNumbers: [...memberNumbers],
      allowed: [...allowed],
      patterns: [...next],
      ...(incident === undefined ? {} : { incident }),
    });
  return (
    <>
      {patterns.length === 0 ? (
        <p>There are none yet.</p>
      ) : (
        <PlainTable
          label="Your own passwords and keys"
          framed
          rows={patterns}
          rowId={({ title }) => title}
          columns={[
            { head: 'What', cell: ({ title }) => titleWords(title, tuning) },
            { head: 'Begins with', className: 'mono', cell: ({ starts }) => starts },
            { head: 'Then', cell: ({ body, least, atMost }) => `${least} to ${atMost}: ${BODY_WORDS[body]}` },
            {
              head: '',
              cell: ({ title }) =>
                mayEdit ? (
                  <Button
                    size="xs"
                    aria-label={`Remove ${title}`}
                    disabled={save.isPending}
                    loading={save.isPending && !save.variables.patterns?.some((one) => one.title === title)}
                    onClick={() => store(patterns.filter((one) => one.title !== title))}
                  >
                    Remove
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
      {mayEdit ? (
        <Stack
          noValidate
          as="form"
          gap="sm"
          onSubmit={(event) => {
            event.preventDefault();
            store([...patterns, pattern]);
          }}
        >
          <Columns min="12rem" gap="md">
            <TextInput
              label="What it is"
              placeholder="Portal key"
              value={pattern.title}
              onChange={(event) => setPattern({ ...pattern, title: event.currentTarget.value })}
            />
            <TextInput
              label="It begins with"
              placeholder="alder_"
              value={pattern.starts}
              onChange={(event) => setPattern({ ...pattern, starts: event.currentTarget.value })}
            />
            <NativeSelect
              label="Followed by"
              data={BODIES}
              value={pattern.body}
              onChange={(event) =>
                setPattern({ ...pattern, body: event.currentTarget.value as Pattern['body'] })
              }
            />
            <NumberInput
              label="Characters, at least"
              min={8}
              max={200}
              value={pattern.least}
              onChange={(value) => setPattern({ ...pattern, least: Number(value) })}
            />
            <NumberInput
              label="Characters, at most"
              min={8}
              max={500}
              value={pattern.atMost}
              onChange={(value) => setPattern({ ...pattern, atMost: Number(value) })}
            />
          </Columns>
          <Row>
            <Button
              type="submit"
              loading={save.isPending}
              disabled={pattern.title.trim().length < 3 || pattern.starts.trim().length < 3}
            >
              Add the pattern
            </Button>
          </Row>
        </Stack>
      ) : null}
    </>
  );
}

/** Title of a pattern, noting if it is off or counts only from several hits. */
function titleWords(title: string, { off, atLeast }: Tuning): string {
  const id = ownRuleId(title);
  if (off.includes(id)) return `${title} (turned off)`;
  const least = atLeast[id] ?? 1;
  return least > 1 ? `${title} (only from ${least} in one text)` : title;
}

function Trial({ incident }: { incident: string | undefined }) {
  const { slug } = useClientHere();
  const [text, setText] = useState('');
  const [tried, setTried] = useState<Tried | null>(null);
  const search = useMutation(
    api.dlp.try.mutationOptions({
      onSuccess: async (answer) => {
        setTried(answer);
        await done('Tried.', api.incidents.key());
      },
      onError: failed,
    }),
  );
  return (
    <Stack gap="sm" ruled>
      <Textarea
        label="Try a made-up sample"
        description="Never a real password or key. It is searched as a prompt would be, and is not stored."
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setTried(null);
        }}
      />
      <Row>
        <Button
          loading={search.isPending}
          disabled={text.trim() === ''}
          onClick={() =>
            search.mutate({ client: slug, text, ...(incident === undefined ? {} : { incident }) })
          }
        >
          Try it
        </Button>
      </Row>
      <div aria-live="polite">{tried === null ? null : <Result tried={tried} />}</div>
    </Stack>
  );
}

function Result({ tried: { found, channels } }: { tried: Tried }) {
  return (
    <Stack gap="sm">
      {found.length === 0 ? (
        <Notice mark="fail">Nothing was found, so it would pass.</Notice>
      ) : (
        <Notice>Found: {found.map(({ title, hits }) => `${title} (${hits})`).join(', ')}.</Notice>
      )}
      <ul aria-label="Where the rules work">
        {channels.map(({ id, state }) => (
          <li key={id}>
            {CHANNEL_WORDS[id]}: {STATE_WORDS[state]}
          </li>
        ))}
      </ul>
    </Stack>
  );
}
