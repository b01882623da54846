import { NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addDays } from '../../../../src/domain/model/day.ts';
import { dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useSession } from '../../session.tsx';
import { verdictWord } from '../../theme/tokens.ts';
import { explainError } from '../../ui/explain-error.ts';
import { useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { EvidenceField } from './evidence-field.tsx';
import { useEvidence } from './use-evidence.ts';
import { holdsText } from './words.ts';

interface AttestDialogProps {
  /** The preselected control; empty: none. */
  readonly control: string;
  readonly onControl: (control: string) => void;
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}

/** Records what the viewer saw. Offered only for controls that a statement can decide. */
export function AttestDialog({ control, onControl, onClose, onDone }: AttestDialogProps) {
  const { slug, name: clientName } = useClientHere();
  const proof = useEvidence(slug, clientName);
  const { person } = useSession();
  const list = useQuery(api.attestations.controls.queryOptions({ input: { client: slug } }));
  const asked = useQuery({
    ...api.attestations.control.queryOptions({ input: { client: slug, control } }),
    enabled: control !== '',
  });
  const today = list.data?.today;
  const fields = useFields(
    { holds: '', seen: '', expires: '', note: '' },
    {
      holds: (value) => (value === '' ? 'Say what you saw.' : null),
      seen: (value) => {
        if (value === '') return 'Enter the date you looked.';
        return today !== undefined && value > today
          ? `That day is in the future. Today is ${dayWords(today)}.`
          : null;
      },
      expires: (value, all) =>
        value !== '' && all.seen !== '' && value < all.seen ? 'It would expire before you looked.' : null,
    },
  );
  /** The form was submitted without a control. */
  const [tried, setTried] = useState(false);
  const line = control === '' ? null : (asked.data?.control ?? null);
  const { seen } = fields.values;
  const ends = line === null || seen === '' ? null : addDays(seen, line.days);
  const submit = async () => {
    setTried(true);
    if (line === null || !fields.check() || !proof.check()) return false;
    const { holds, expires, note } = fields.values;
    const [evidence, ...moreEvidence] = proof.files.map(({ sha256 }) => sha256);
    const created = await calls.attestations.create({
      client: slug,
      control,
      holds: holds === 'yes',
      seen,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(expires === '' ? {} : { expires }),
      ...(evidence === undefined ? {} : { evidence }),
      ...(moreEvidence.length === 0 ? {} : { moreEvidence }),
    });
    await done(
      `Recorded. ${control} is now ${created.verdict === null ? 'not decided' : verdictWord(created.verdict)}.`,
    );
    onDone(created.id);
    return false;
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title="Record what you saw"
      submit="Record it"
      onSubmit={submit}
      load={list}
    >
      <Stack>
        <NativeSelect
          label="Control"
          value={control}
          error={tried && control === '' ? 'Choose a control.' : null}
          onChange={(event) => onControl(event.currentTarget.value)}
          data={[
            { value: '', label: 'Choose a control' },
            ...(list.data?.items ?? []).map((one) => ({
              value: one.control,
              label: `${shortId(one.control)} ${one.title}${one.state === null ? '' : ` (${verdictWord(one.state)})`}`,
            })),
            ...(control !== '' && asked.data?.takes === false
              ? [{ value: control, label: shortId(control) }]
              : []),
          ]}
        />
        {asked.error === null || control === '' ? null : (
          <Notice mark="cannot_read">{explainError(asked.error).text}</Notice>
        )}
        {control !== '' && asked.data?.takes === false ? (
          <Notice mark="cannot_read">{asked.data.why}</Notice>
        ) : null}
        {line === null ? null : (
          <>
            {line.look === null ? null : <p className="reading">{line.look}</p>}
            {line.current === null ? null : (
              <Notice>
                {line.current.by} looked on {dayWords(line.current.seen)}:{' '}
                {holdsText(line.current.holds).toLowerCase()}. Valid until{' '}
                {dayWords(line.current.countsUntil)}, and a later statement replaces it.
              </Notice>
            )}
            <Radio.Group
              label={`${line.title}: what did you see?`}
              value={fields.values.holds}
              onChange={(value) => fields.set('holds', value)}
              error={fields.error('holds')}
            >
              <Row gap="lg">
                <Radio name="holds" value="yes" label={holdsText(true)} />
                <Radio name="holds" value="no" label={holdsText(false)} />
              </Row>
            </Radio.Group>
            <Columns min="10rem">
              <TextInput type="date" label="Date you looked" max={today} {...fields.text('seen')} />
              <TextInput
                type="date"
                label="Valid until (optional)"
                description={
                  ends === null
                    ? `At most ${line.days} days after you looked.`
                    : `${dayWords(ends)} at the latest, ${line.days} days after you looked.`
                }
                {...fields.text('expires')}
              />
            </Columns>
            {ends !== null && today !== undefined && ends < today ? (
              <Notice mark="cannot_read">
                A statement is valid for {line.days} days here, so this one would have expired on{' '}
                {dayWords(ends)}. It is kept but decides nothing. Look again.
              </Notice>
            ) : null}
            <Textarea
              label="What you saw, in words (optional)"
              autosize
              minRows={2}
              maxLength={2000}
              {...fields.text('note')}
            />
            <EvidenceField slug={slug} evidence={proof} />
            <p className="muted">
              This is recorded in your name: {person.name} ({person.email}).
            </p>
          </>
        )}
      </Stack>
    </FormDialog>
  );
}
